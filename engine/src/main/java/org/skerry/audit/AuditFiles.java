package org.skerry.audit;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log's folder: files {@code audit-N.jsonl}, N the number of the first event in them. */
final class AuditFiles {
  private static final Pattern NAME = Pattern.compile("audit-([0-9]{12})\\.jsonl");

  private final Path folder;

  AuditFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder, readable by the node's own user alone. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    protect(folder, "rwx------");
  }

  /** Files by their first number. */
  NavigableMap<Long, Path> list() throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Matcher matcher = NAME.matcher(path.getFileName().toString());
        if (matcher.matches()) {
          files.put(Long.parseLong(matcher.group(1)), path);
        }
      }
    }
    return files;
  }

  /** A new file whose first event will have that number. */
  Path create(long first) throws IOException {
    Path file = folder.resolve(String.format("audit-%012d.jsonl", first));
    Files.createFile(file);
    protect(file, "rw-------");
    return file;
  }

  private static void protect(Path path, String rights) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
  }

  /** The events of a file in their order; lines that hold none are left out. */
  static List<AuditRecord> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.flatMap(line -> AuditLine.read(line).stream()).toList();
    }
  }
}
