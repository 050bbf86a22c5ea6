package org.skerry.store.ordered;

/** Walks through a view. One thread. */
public interface OrderedCursor extends AutoCloseable {
  /**
   * Goes to the first key that is not less.
   *
   * @return whether there is one
   */
  boolean seek(byte[] key);

  /**
   * Goes to the last key that is not greater.
   *
   * @return whether there is one
   */
  boolean seekBack(byte[] key);

  /**
   * Goes one key on, from a key.
   *
   * @return whether there is one
   */
  boolean next();

  /**
   * Goes one key back, from a key.
   *
   * @return whether there is one
   */
  boolean previous();

  /** The key on which the cursor stands; the caller's to keep. */
  byte[] key();

  /** The value of that key; the caller's to keep. */
  byte[] value();

  @Override
  void close();
}
