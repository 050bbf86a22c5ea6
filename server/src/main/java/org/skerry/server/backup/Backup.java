package org.skerry.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.skerry.store.StoreException;
import org.skerry.store.rocksdb.RocksOptions;
import org.skerry.store.rocksdb.RocksStore;

/** Writes backups. A folder that exists is never touched. */
public final class Backup {
  static final String STORE = "store";

  private Backup() {}

  /** What was written. */
  public record Written(int files, long bytes) {}

  /**
   * Copies a store's checkpoint, checks the copy, and makes it a backup.
   *
   * @param program who writes it
   * @throws BadBackupException when the target exists, or the copy is not what was written
   */
  public static Written write(Path checkpoint, Path target, String program) throws IOException {
    Path backup = target.toAbsolutePath().normalize();
    checkNew(backup);
    Path partial = partial(backup);
    Files.createDirectories(partial);
    try {
      Path store = partial.resolve(STORE);
      Map<String, Manifest.Entry> copied = CheckedCopy.tree(checkpoint, store);
      Manifest manifest =
          new Manifest(
              Instant.now(),
              program,
              copied.entrySet().stream()
                  .collect(
                      Collectors.toMap(each -> STORE + "/" + each.getKey(), Map.Entry::getValue)));
      manifest.write(partial);
      Files.move(partial, backup);
      return new Written(manifest.files().size(), manifest.bytes());
    } catch (IOException | RuntimeException e) {
      CheckedCopy.remove(partial);
      throw e;
    }
  }

  /**
   * Backs up the data folder of a node that does not run.
   *
   * @throws StoreException when it runs, or the folder holds no store
   */
  public static Written ofFolder(Path data, Path target, String program) throws IOException {
    checkNew(target.toAbsolutePath().normalize());
    if (!Files.isDirectory(data.resolve("rocks"))) {
      throw new BadBackupException(data + " is no data folder of a node");
    }
    Path checkpoint =
        partial(target.toAbsolutePath().normalize())
            .resolveSibling(target.toAbsolutePath().normalize().getFileName() + ".checkpoint");
    try (RocksStore store = RocksStore.open(data, RocksOptions.DEFAULT)) {
      store.checkpoint(checkpoint);
    }
    try {
      return write(checkpoint, target, program);
    } finally {
      CheckedCopy.remove(checkpoint);
    }
  }

  /** Removes what a backup that was cut short left in a folder of checkpoints. */
  public static void removeLeftOver(Path checkpoints) throws IOException {
    CheckedCopy.remove(checkpoints);
  }

  private static void checkNew(Path target) {
    for (Path taken : new Path[] {target, partial(target)}) {
      if (Files.exists(taken)) {
        throw new BadBackupException(
            taken + " exists, and is not overwritten: choose another folder, or remove it");
      }
    }
  }

  static Path partial(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".partial");
  }
}
