package org.skerry.store.ordered;

import java.util.Optional;

/** A sorted map of bytes, in unsigned order. Any thread may call. */
public interface OrderedSpace {
  String name();

  /** The newest value of a key. Shared: do not change. */
  Optional<byte[]> get(byte[] key);

  /**
   * Makes a batch's changes visible all at once, and all or none of them after a crash. Returns
   * before they are on the disk; after a crash of the process, unlike one of the machine, they are
   * there.
   */
  void write(OrderedBatch batch);

  /** The space as it is now, until the view is closed. */
  OrderedView view();

  /** What the space takes on disk, by estimate. */
  long bytes();
}
