package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.skerry.store.StoreException;

/**
 * The folder of a store: the file {@value #FORMAT_FILE}, which says in text what this is, and
 * RocksDB's own folder {@value #DATABASE}. The format is read before RocksDB touches anything, so
 * that an older program leaves a newer store as it is.
 *
 * <pre>
 *   skerry store
 *   format 2
 *   id 32 hex digits, the same as in the database: so files of two stores are not mixed unnoticed
 * </pre>
 *
 * <p>Format 2: rows of feeds may stand in records of turns and in pages (decision 045), over which
 * a program that knows format 1 would read without a word.
 */
final class StoreFolder {
  /** The format that this program writes. */
  static final int FORMAT = 2;

  /** The oldest that it reads; a store of it becomes one of {@link #FORMAT} when it is opened. */
  private static final int OLDEST = 1;

  static final String FORMAT_FILE = "SKERRY";
  static final String DATABASE = "rocks";
  private static final String TITLE = "skerry store";

  private final Path folder;
  private int found = FORMAT;

  StoreFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  Path database() {
    return folder.resolve(DATABASE);
  }

  /**
   * Makes the folder ready to be opened.
   *
   * @return the id that the format file names; nothing for a new store, or one whose creation was
   *     cut short
   * @throws StoreException when the folder holds something else, a newer format, or half a store
   */
  Optional<String> prepare() {
    try {
      create();
      Path file = folder.resolve(FORMAT_FILE);
      boolean hasDatabase = Files.exists(database().resolve("CURRENT"));
      if (Files.exists(file)) {
        String id = read(file);
        if (!hasDatabase) {
          throw new StoreException(
              "the store "
                  + folder
                  + " has lost its database: found "
                  + FORMAT_FILE
                  + ", but no "
                  + database()
                  + ". Restore the folder from a checkpoint, or remove it and replicate from a"
                  + " peer");
        }
        return Optional.of(id);
      }
      if (!hasDatabase && !isEmpty()) {
        throw new StoreException(
            "the folder "
                + folder
                + " holds files, but no store (no file "
                + FORMAT_FILE
                + "). "
                + "Choose an empty folder, or the one of a store");
      }
      return Optional.empty();
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          "cannot use the folder "
              + folder
              + ": "
              + e.getMessage()
              + " is a file. Choose a folder, or a name that nothing has yet",
          e);
    } catch (IOException e) {
      throw new StoreException(
          "cannot use the folder " + folder + ": " + e + ". Check its permissions", e);
    }
  }

  /**
   * Makes it when there is none, for the node's own user alone: there will be records in it, and
   * hashes of passwords. One that is there keeps the rights that somebody gave it.
   */
  private void create() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(database()::equals);
    }
  }

  private String read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Map<String, String> members = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> members.put(parts[0], parts[1]));
    String format = members.getOrDefault("format", "");
    String id = members.getOrDefault("id", "");
    if (!text.startsWith(TITLE) || !format.matches("[0-9]{1,9}") || !id.matches("[0-9a-f]{32}")) {
      throw new StoreException(
          "the file "
              + file
              + " is damaged: expected \""
              + TITLE
              + "\", a format and an id. "
              + "Restore it from a checkpoint");
    }
    found = Integer.parseInt(format);
    if (found < OLDEST || found > FORMAT) {
      throw new StoreException(
          "the store "
              + folder
              + " has format "
              + format
              + ", this program reads formats "
              + OLDEST
              + " to "
              + FORMAT
              + ". Open it with the program that wrote it, or a newer one; nothing was changed");
    }
    return id;
  }

  /** Whether the folder is of an older format than what will be written into it. */
  boolean isOlder() {
    return found < FORMAT;
  }

  /** Names the store, durably. */
  void write(String id) {
    String text = TITLE + "\nformat " + FORMAT + "\nid " + id + "\n";
    Path file = folder.resolve(FORMAT_FILE);
    Path next = folder.resolve(FORMAT_FILE + ".new");
    try {
      try (FileChannel out =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        out.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    } catch (IOException e) {
      throw new StoreException(
          "cannot write " + file + ": " + e + ". Check disk and permissions", e);
    }
  }

  /** Makes the names in a folder durable, where the platform can. */
  static void sync(Path directory) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
