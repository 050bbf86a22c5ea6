package org.skerry.fulltext;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/** Tells an index that is lost from one that only cannot be reached now. */
final class Faults {
  private Faults() {}

  /** Whether an index must be made anew because of that. */
  static boolean isLoss(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CorruptIndexException
          || cause instanceof IndexFormatTooOldException
          || cause instanceof IndexFormatTooNewException
          || cause instanceof EOFException
          || cause instanceof FileNotFoundException
          || cause instanceof NoSuchFileException
          || cause instanceof CatchUp.AheadException) {
        return true;
      }
    }
    return false;
  }
}
