package org.skerry.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.store.rocksdb.RocksStore;

/** Makes a data folder of a backup. A folder that holds anything is never touched. */
public final class Restore {
  private Restore() {}

  /**
   * Checks every file of a backup, copies them, and gives the databases another life.
   *
   * @return the names of the databases
   * @throws BadBackupException when the backup is damaged, or the folder is not empty
   */
  public static List<String> restore(Path backup, Path data) throws IOException {
    Path target = data.toAbsolutePath().normalize();
    checkEmpty(target);
    Path partial = Backup.partial(target);
    checkEmpty(partial);
    Manifest manifest = Manifest.read(backup);
    manifest.verify(backup);
    try {
      CheckedCopy.tree(backup.resolve(Backup.STORE), partial);
      List<String> names = RocksStore.beginAnotherLife(partial);
      Files.deleteIfExists(target);
      Files.move(partial, target);
      return names;
    } catch (IOException | RuntimeException e) {
      CheckedCopy.remove(partial);
      throw e;
    }
  }

  private static void checkEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new BadBackupException(
        folder
            + " holds something, and is not overwritten: choose another folder, or move it away");
  }
}
