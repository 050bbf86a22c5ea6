import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Formats every Java source of the project with google-java-format, or names those that differ.
 *
 * <p>google-java-format parses with the compiler of the JDK that runs it. A plug-in inside Maven
 * would parse with Maven's JDK, which may be too old for our sources; therefore the build runs this
 * file with the JDK that compiles them.
 *
 * <p>What was found well formatted is remembered beside the formatter, by the hash of its text, so
 * that only what changed is formatted again. {@code mvn clean} forgets it.
 *
 * <p>Arguments: {@code check} or {@code apply}, and the directories or files to walk ({@code true}
 * for all). Ends with status 1 if {@code check} found a difference or a source does not parse.
 */
final class Format {
  /** Folders without sources. */
  private static final Set<String> OTHERS = Set.of("target", "node_modules", ".git");

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    // Maven's -Dformat without a value says "true": no place in particular.
    List<String> places =
        args[1].equals("true") ? List.of(".") : List.of(args).subList(1, args.length);
    List<Path> sources = new ArrayList<>();
    for (String place : places) {
      sources.addAll(sources(Path.of(place)));
    }
    Known known = Known.read();
    List<String> complaints =
        sources.parallelStream()
            .map(file -> format(file, apply, known))
            .filter(complaint -> !complaint.isEmpty())
            .toList();
    known.write();
    complaints.forEach(System.err::println);
    if (!complaints.isEmpty()) {
      System.err.println("Formatting is applied by: mvn -N -Dformat initialize");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path place) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          /** What is built meanwhile comes and goes, and nothing there is a source. */
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
            Path name = folder.getFileName();
            return name != null && OTHERS.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static String format(Path file, boolean apply, Known known) {
    try {
      String source = Files.readString(file);
      if (known.contains(source)) {
        return "";
      }
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        known.add(source);
        return "";
      }
      if (apply) {
        Files.writeString(file, formatted);
        known.add(formatted);
        System.out.println("formatted " + file);
        return "";
      }
      return "not formatted: " + file;
    } catch (FormatterException e) {
      return "does not parse: " + file + ": " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hashes of texts that this version of the formatter leaves as they are. Any thread. */
  private record Known(Path place, Set<String> hashes) {
    static Known read() throws IOException {
      String jar = Formatter.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      Path place = Path.of(jar + ".known");
      Set<String> hashes = ConcurrentHashMap.newKeySet();
      if (Files.exists(place)) {
        hashes.addAll(Files.readAllLines(place));
      }
      return new Known(place, hashes);
    }

    boolean contains(String source) {
      return hashes.contains(hash(source));
    }

    void add(String source) {
      hashes.add(hash(source));
    }

    /** As a whole: another build may read it meanwhile. */
    void write() throws IOException {
      Path whole = Files.createTempFile(place.getParent(), "known", "");
      Files.write(whole, hashes);
      Files.move(whole, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String hash(String source) {
      try {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
