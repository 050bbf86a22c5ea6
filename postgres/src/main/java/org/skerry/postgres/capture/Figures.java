package org.skerry.postgres.capture;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What capture counts since the node was started. Any thread may count and read. */
public final class Figures {
  private final LongAdder units = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder documents = new LongAdder();
  private final LongAdder unchanged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unkeyed = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final AtomicLong lagMillis = new AtomicLong();
  private final AtomicReference<Optional<Instant>> lastUnit =
      new AtomicReference<>(Optional.empty());

  private final SchemaNotes notes = new SchemaNotes();

  /** What is noticed of the application's tables. */
  public SchemaNotes notes() {
    return notes;
  }

  /** A moment's figures. */
  public record Shown(
      long units,
      long rows,
      long documents,
      long unchanged,
      long refused,
      long unkeyed,
      long loads,
      long lagMillis,
      Optional<Instant> lastUnit) {}

  void units(long count) {
    units.add(count);
  }

  void took(int effects, int written, int same) {
    rows.add(effects);
    documents.add(written);
    unchanged.add(same);
  }

  void refused(int count) {
    refused.add(count);
  }

  void unkeyed(int count) {
    unkeyed.add(count);
  }

  void loaded() {
    loads.increment();
  }

  /** A unit that was committed then is taken care of now. */
  void caughtUp(Instant committed, Instant now) {
    lagMillis.set(Math.max(0, now.toEpochMilli() - committed.toEpochMilli()));
    lastUnit.set(Optional.of(committed));
  }

  /** The figures now. */
  public Shown shown() {
    return new Shown(
        units.sum(),
        rows.sum(),
        documents.sum(),
        unchanged.sum(),
        refused.sum(),
        unkeyed.sum(),
        loads.sum(),
        lagMillis.get(),
        lastUnit.get());
  }
}
