import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats every Java source of the project with google-java-format, or names those that differ.
 *
 * <p>google-java-format parses with the compiler of the JDK that runs it. A plug-in inside Maven
 * would parse with Maven's JDK, which may be too old for our sources; therefore the build runs this
 * file with the JDK that compiles them.
 *
 * <p>Arguments: {@code check} or {@code apply}, and the directories or files to walk ({@code true}
 * for all). Ends with status 1 if {@code check} found a difference or a source does not parse.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    // Maven's -Dformat without a value says "true": no place in particular.
    List<String> places =
        args[1].equals("true") ? List.of(".") : List.of(args).subList(1, args.length);
    List<Path> sources = new ArrayList<>();
    for (String place : places) {
      sources.addAll(sources(Path.of(place)));
    }
    List<String> complaints =
        sources.parallelStream()
            .map(file -> format(file, apply))
            .filter(complaint -> !complaint.isEmpty())
            .toList();
    complaints.forEach(System.err::println);
    if (!complaints.isEmpty()) {
      System.err.println("Formatting is applied by: mvn -N -Dformat initialize");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().matches("(.*/)?(target|node_modules)/.*"))
          .sorted()
          .toList();
    }
  }

  private static String format(Path file, boolean apply) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return "";
      }
      if (apply) {
        Files.writeString(file, formatted);
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
}
