package org.skerry.server.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a backup consists of.
 *
 * <pre>
 *   skerry backup
 *   format 1
 *   created 2026-11-25T12:00:00Z
 *   program 0.1.0
 *   file 1234 SHA-256 store/rocks/000012.sst
 *   end SHA-256 of the lines above
 * </pre>
 *
 * @param files by their path below the folder, with slashes
 */
record Manifest(Instant created, String program, Map<String, Entry> files) {
  static final String FILE = "BACKUP";
  private static final String TITLE = "skerry backup";
  private static final int FORMAT = 1;

  /** One file. */
  record Entry(long length, String sha256) {}

  Manifest {
    files = new TreeMap<>(files);
  }

  long bytes() {
    return files.values().stream().mapToLong(Entry::length).sum();
  }

  void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(TITLE).append("\nformat ").append(FORMAT);
    text.append("\ncreated ").append(created).append("\nprogram ").append(program).append('\n');
    files.forEach(
        (path, entry) ->
            text.append("file ")
                .append(entry.length)
                .append(' ')
                .append(entry.sha256)
                .append(' ')
                .append(path)
                .append('\n'));
    String end = hash(text.toString());
    text.append("end ").append(end).append('\n');
    CheckedCopy.write(folder.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) {
    return HexFormat.of()
        .formatHex(CheckedCopy.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads a folder's manifest; it must be whole. */
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadBackupException(
          folder + " is no backup: there is no file " + FILE + " in it, or it was not finished");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int end = text.lastIndexOf("end ");
    boolean whole =
        end > 0 && text.substring(end).equals("end " + hash(text.substring(0, end)) + "\n");
    List<String> lines = text.lines().toList();
    if (!whole || !lines.getFirst().equals(TITLE)) {
      throw new BadBackupException(file + " is damaged: use another backup");
    }
    if (!lines.get(1).equals("format " + FORMAT)) {
      throw new BadBackupException(
          file
              + " has "
              + lines.get(1)
              + ", this program reads format "
              + FORMAT
              + ": use the program that wrote it, or a newer one");
    }
    return parse(lines);
  }

  private static Manifest parse(List<String> lines) {
    Map<String, Entry> files = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith("file ")) {
        String[] parts = line.split(" ", 4);
        files.put(parts[3], new Entry(Long.parseLong(parts[1]), parts[2]));
      }
    }
    Instant created = Instant.parse(lines.get(2).substring("created ".length()));
    return new Manifest(created, lines.get(3).substring("program ".length()), files);
  }

  /** Compares the folder with this, file by file. */
  void verify(Path folder) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Entry> each : files.entrySet()) {
      Path file = folder.resolve(each.getKey());
      if (!Files.isRegularFile(file)) {
        problems.add(each.getKey() + " is missing");
      } else if (!CheckedCopy.entry(file).equals(each.getValue())) {
        problems.add(each.getKey() + " was changed");
      }
    }
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .filter(Files::isRegularFile)
          .map(file -> CheckedCopy.name(folder, file))
          .filter(name -> !name.equals(FILE) && !files.containsKey(name))
          .forEach(name -> problems.add(name + " does not belong to it"));
    }
    if (!problems.isEmpty()) {
      throw new BadBackupException(
          "the backup "
              + folder
              + " cannot be used: "
              + String.join("; ", problems.subList(0, Math.min(5, problems.size())))
              + (problems.size() > 5 ? " and " + (problems.size() - 5) + " more" : ""));
    }
  }
}
