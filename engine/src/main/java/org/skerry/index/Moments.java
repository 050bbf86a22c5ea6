package org.skerry.index;

import java.util.Optional;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/**
 * Which moment of an index is read. One thread at a time writes, any thread reads.
 *
 * <p>A view that was opened while the moment stayed the same is of that moment, and nothing has to
 * be read to know it.
 */
final class Moments {
  private final OrderedSpace space;

  /**
   * Volatile: set by whoever writes, read by all. Nothing while a batch is being written, and after
   * one that failed.
   */
  private volatile Optional<Moment> current = Optional.empty();

  /** For whoever writes. */
  private Moment.Life life = new Moment.Life();

  Moments(OrderedSpace space) {
    this.space = space;
  }

  /** A view, and the moment that it shows; nothing when a batch came between. */
  record Opened(OrderedView view, Optional<Moment> moment) {}

  Opened open() {
    Optional<Moment> before = current;
    OrderedView view = space.view();
    return new Opened(view, before.equals(current) ? before : Optional.empty());
  }

  /** Says that the index stands at a state, because nobody has written since it was read. */
  void begin(IndexState state) {
    current = Optional.of(new Moment(state, life));
  }

  /** Writes a batch that brings the index to a state. */
  void write(OrderedBatch batch, IndexState after) {
    current = Optional.empty();
    space.write(batch);
    begin(after);
  }

  /** Removes everything, so that the index can be built anew. */
  void clear(IndexState empty) {
    current = Optional.empty();
    life = new Moment.Life();
    write(new OrderedBatch().deleteRange(new byte[0], Optional.empty()), empty);
  }
}
