package org.skerry.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.FileAuditLog;
import org.skerry.store.rocksdb.RocksStore;

/** Makes a data folder of a backup. A folder that holds anything is never touched. */
public final class Restore {
  /** The log begins with this one event; the node keeps to its own setting. */
  private static final int AUDIT_MEGABYTES = 8;

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
      note(partial, backup, names.size());
      Files.deleteIfExists(target);
      Files.move(partial, target);
      return names;
    } catch (IOException | RuntimeException e) {
      CheckedCopy.remove(partial);
      throw e;
    }
  }

  private static void note(Path data, Path backup, int databases) throws IOException {
    try (FileAuditLog audit =
        FileAuditLog.open(data.resolve("audit"), AUDIT_MEGABYTES, InstantSource.system())) {
      audit.record(
          new AuditEvent(AuditAction.RESTORED, Actor.NODE, "node")
              .with("backup", backup.toAbsolutePath().normalize().toString())
              .with("databases", Integer.toString(databases)));
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
