package org.skerry.store.ordered;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes to one space, applied in their order and all at once. One thread; keys and values are
 * shared, not copied.
 */
public final class OrderedBatch {
  private final List<Change> changes = new ArrayList<>();
  private long bytes;

  /** One change of a batch. */
  public sealed interface Change {
    /** A key gets a value, whether or not it had one. */
    record Put(byte[] key, byte[] value) implements Change {}

    /** A key goes away, if it was there. */
    record Delete(byte[] key) implements Change {}

    /**
     * Every key of a range goes away.
     *
     * @param from the first, included
     * @param to the last, not included; none is the space's end
     */
    record DeleteRange(byte[] from, Optional<byte[]> to) implements Change {}
  }

  /** Gives a key a value. */
  public OrderedBatch put(byte[] key, byte[] value) {
    changes.add(new Change.Put(key, value));
    bytes += key.length + value.length;
    return this;
  }

  /** Removes a key. */
  public OrderedBatch delete(byte[] key) {
    changes.add(new Change.Delete(key));
    bytes += key.length;
    return this;
  }

  /** Removes every key from {@code from} on and below {@code to}. */
  public OrderedBatch deleteRange(byte[] from, Optional<byte[]> to) {
    changes.add(new Change.DeleteRange(from, to));
    return this;
  }

  /** Adds another batch's changes behind these. */
  public OrderedBatch addAll(OrderedBatch other) {
    changes.addAll(other.changes);
    bytes += other.bytes;
    return this;
  }

  /** The changes, in their order. Shared: do not change. */
  public List<Change> changes() {
    return changes;
  }

  /** What keys and values take. */
  public long bytes() {
    return bytes;
  }
}
