package org.skerry.store.rocksdb;

import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.skerry.store.DamagedRecordException;
import org.skerry.store.OutOfHandlesException;
import org.skerry.store.StoreException;
import org.skerry.store.StoreFullException;

/** Turns what RocksDB reports into what an operator can act on. */
final class Faults {
  private Faults() {}

  static StoreException opening(Path folder, RocksDBException e) {
    String found = text(e);
    if (code(e) == Status.Code.IOError && found.contains("lock")) {
      return new StoreException(
          "the store "
              + folder
              + " is open in another process (or twice in this one). "
              + "Stop that one, or choose another data folder. ["
              + e.getMessage()
              + "]",
          e);
    }
    return new StoreException(
        "cannot open the store " + folder + ": " + e.getMessage() + ". " + remedy(e), e);
  }

  static StoreException reading(RocksDBException e) {
    String message = "cannot read from the store: " + e.getMessage() + ". " + remedy(e);
    if (isOutOfHandles(e)) {
      return new OutOfHandlesException(message, e);
    }
    return code(e) == Status.Code.Corruption
        ? new DamagedRecordException(message, e)
        : new StoreException(message, e);
  }

  static StoreException writing(RocksDBException e) {
    String message =
        "cannot write to the store; nothing of this was acknowledged: "
            + e.getMessage()
            + ". "
            + remedy(e);
    if (isOutOfHandles(e)) {
      return new OutOfHandlesException(message, e);
    }
    return isFull(e) ? new StoreFullException(message, e) : new StoreException(message, e);
  }

  static StoreException damaged(String what, Throwable cause) {
    return new DamagedRecordException(
        "the store is damaged: "
            + what
            + ". Restore the folder from a checkpoint, or start with an empty "
            + "folder and replicate from a peer",
        cause);
  }

  private static String remedy(RocksDBException e) {
    if (isFull(e)) {
      return "The disk is full: make room; writing goes on by itself";
    }
    if (isOutOfHandles(e)) {
      return "The process is out of file handles: raise its limit (LimitNOFILE, ulimit -n). Reading"
          + " goes on, and writing does by itself when some are free";
    }
    return switch (code(e)) {
      case Corruption ->
          "Files are damaged: restore the folder from a checkpoint, or start with an empty folder"
              + " and replicate from a peer";
      case IOError ->
          "Check disk, file system and permissions, then restart the node; what was acknowledged is"
              + " kept";
      default -> "Restart the node; what was acknowledged is kept";
    };
  }

  private static boolean isOutOfHandles(RocksDBException e) {
    return text(e).contains("too many open files");
  }

  private static boolean isFull(RocksDBException e) {
    Status status = e.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace
        || text(e).contains("no space");
  }

  private static Status.Code code(RocksDBException e) {
    Status status = e.getStatus();
    return status == null ? Status.Code.Undefined : status.getCode();
  }

  private static String text(RocksDBException e) {
    String message = e.getMessage();
    Status status = e.getStatus();
    String state = status == null || status.getState() == null ? "" : status.getState();
    return (message + " " + state).toLowerCase(Locale.ROOT);
  }
}
