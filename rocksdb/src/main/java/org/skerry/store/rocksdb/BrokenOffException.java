package org.skerry.store.rocksdb;

import org.skerry.store.StoreException;

/**
 * A group of writes broke off in the middle, or one did before and the store was not opened anew
 * since.
 */
final class BrokenOffException extends StoreException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(Throwable cause) {
    super(
        "a write broke off in the middle and may be there or not: "
            + cause
            + ". The store is opened anew; look whether it is there, and write it again if not",
        cause);
  }

  BrokenOffException() {
    super("a write broke off before, and the store is opened anew. Write it again in a second");
  }
}
