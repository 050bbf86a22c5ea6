package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.skerry.store.StoreException;

/** Walks through a family in either direction, copying into buffers of its own. One thread. */
final class Cursor implements AutoCloseable {
  private final RocksIterator iterator;
  private final Function<RocksDBException, StoreException> fault;
  private final byte[] sequenceKey = new byte[Keys.PREFIX + Long.BYTES];
  private byte[] buffer = new byte[512];

  /** Whether the iterator is known to be valid: to move one that is not ends the process. */
  private boolean stands;

  Cursor(RocksIterator iterator) {
    this(iterator, Faults::reading);
  }

  /** A cursor whose failures are told in a way of their own. */
  Cursor(RocksIterator iterator, Function<RocksDBException, StoreException> fault) {
    this.iterator = iterator;
    this.fault = fault;
  }

  /** Goes to the first key that is not less. */
  void seek(byte[] key) {
    stands = false;
    iterator.seek(key);
  }

  /** Goes to the last key that is not greater. */
  void seekBack(byte[] key) {
    stands = false;
    iterator.seekForPrev(key);
  }

  void next() {
    leave();
    iterator.next();
  }

  void previous() {
    leave();
    iterator.prev();
  }

  private void leave() {
    if (!stands) {
      throw new IllegalStateException("the cursor is not known to stand on a key");
    }
    stands = false;
  }

  /** Whether the cursor stands on a key. What cannot be read is an error and not an end. */
  boolean valid() {
    stands = iterator.isValid();
    if (stands) {
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw fault.apply(e);
    }
    return false;
  }

  byte[] key() {
    return iterator.key();
  }

  /** The sequence in the key, where keys are database and sequence; -1 outside of the database. */
  long sequenceIn(int number) {
    if (!valid() || iterator.key(sequenceKey, 0, sequenceKey.length) != sequenceKey.length) {
      return -1;
    }
    ByteBuffer key = ByteBuffer.wrap(sequenceKey);
    return key.getInt() == number ? key.getLong() : -1;
  }

  /** Whether the cursor stands on a key with that prefix. */
  boolean within(byte[] prefix) {
    return valid() && Keys.startsWith(key(), prefix);
  }

  byte[] value() {
    return iterator.value();
  }

  /** The value in a buffer that the next call overwrites. */
  ByteBuffer peek() {
    int length = iterator.value(buffer, 0, buffer.length);
    if (length > buffer.length) {
      buffer = new byte[Math.max(length, 2 * buffer.length)];
      length = iterator.value(buffer, 0, buffer.length);
    }
    return ByteBuffer.wrap(buffer, 0, length);
  }

  @Override
  public void close() {
    iterator.close();
  }
}
