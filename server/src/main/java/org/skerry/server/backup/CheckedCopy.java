package org.skerry.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.skerry.server.backup.Manifest.Entry;

/** Copies files durably, and reads what it copied. */
final class CheckedCopy {
  private static final int BUFFER = 1 << 20;

  private CheckedCopy() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A file's path below a folder, with slashes. */
  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  static Entry entry(Path file) throws IOException {
    MessageDigest digest = sha256();
    long length = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        length += read;
      }
    }
    return new Entry(length, HexFormat.of().formatHex(digest.digest()));
  }

  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  /**
   * Copies a folder, and reads the copy.
   *
   * @return what the copies are, by their paths below the target
   */
  static Map<String, Entry> tree(Path from, Path to) throws IOException {
    Map<String, Entry> copied = new TreeMap<>();
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.sorted().toList();
    }
    for (Path file : all) {
      Path copy = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else {
        Entry read = copy(file, copy);
        if (!entry(copy).equals(read)) {
          throw new BadBackupException(
              copy + " is not what was written there: check the disk that it stands on");
        }
        copied.put(name(to, copy), read);
      }
    }
    return copied;
  }

  private static Entry copy(Path file, Path copy) throws IOException {
    MessageDigest digest = sha256();
    long length = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file);
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        length += read;
      }
      out.force(true);
    }
    return new Entry(length, HexFormat.of().formatHex(digest.digest()));
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
