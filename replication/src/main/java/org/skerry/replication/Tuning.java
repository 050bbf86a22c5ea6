package org.skerry.replication;

import java.time.Duration;

/** The numbers of a replication, each with its reason. */
final class Tuning {
  /**
   * Enough that a request's cost does not show in a document's (1 ms in 500), and no long wait on a
   * slow line.
   */
  static final int FIRST_BATCH = 500;

  /** Beyond, nothing is gained and more has to be repeated after a failure. */
  static final int LARGEST_BATCH = 2_000;

  /**
   * Revisions in one question to the target, two megabytes: a page of documents in conflict may
   * have millions, and a target takes so much of a question and no more.
   */
  static final int MOST_ASKED = 50_000;

  /** What a line that breaks every few seconds can still get through. */
  static final int SMALLEST_BATCH = 10;

  /** A batch faster than this is too small for its line. */
  static final Duration QUICK_BATCH = Duration.ofMillis(500);

  /** A batch slower than this is too large: a failure would cost too much. */
  static final Duration SLOW_BATCH = Duration.ofSeconds(5);

  /**
   * Bodies held before they are written; two such heaps are under way at a time, and a third is
   * with the target. Larger ones outlive young collections: with 4 MB the collector took 10 µs a
   * document instead of 4.
   */
  static final int HEAP_BYTES = 1024 * 1024;

  /**
   * Pages of changes read ahead, and heaps fetched ahead. One keeps every stage busy; more only
   * takes memory.
   */
  static final int AHEAD = 1;

  /**
   * A live feed is asked again after this long without a change, to notice that it was cancelled.
   */
  static final Duration LIVE_WAIT = Duration.ofSeconds(25);

  /**
   * How soon a target at another node that was deleted and created again is noticed though nothing
   * changes. Two waits, and less than the minute for which most servers keep a connection: such a
   * look is half a kilobyte each way over a line that stands, and several where it has to be
   * encrypted anew. A thousand idle replications ask twenty times a second.
   */
  static final Duration IDLE_CHECK = LIVE_WAIT.multipliedBy(2);

  /** The same for what takes more to ask: whether it has what it refused, or its checkpoint. */
  static final Duration LONG_IDLE_CHECK = Duration.ofMinutes(5);

  /**
   * Checkpoints cost four writes; a failure repeats at most this long, and repeating is cheap (revs
   * diff).
   */
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  /** History entries kept, as CouchDB's. */
  static final int HISTORY = 50;

  /**
   * Refused documents remembered in full; beyond that they are only counted. What is set apart has
   * as much room of its own.
   */
  static final int REFUSALS = 1_000;

  /** Pages of changes in a row without a row, and with no less behind them; others write, too. */
  static final int EMPTY_PAGES = 100;

  /** A one-shot replication gives up after so many attempts in a row that brought nothing. */
  static final int ONE_SHOT_ATTEMPTS = 8;

  /** A scheduled one tries about a second by itself, then it leaves its place to others. */
  static final int JOB_ATTEMPTS = 4;

  /** A document is read so often before it is given up: what comes spoilt each time is so there. */
  static final int DOCUMENT_ATTEMPTS = 3;

  /** A document over which an end fails, while others go through, holds them up so often… */
  static final int FAILING_ATTEMPTS = 10;

  /** … and for so long at least: a node of a cluster that is started anew is back by then. */
  static final Duration FAILING_TIME = Duration.ofMinutes(10);

  /** So many are set apart at a time. A peer that fails over more of them fails altogether. */
  static final int MOST_FAILING = 10;

  private Tuning() {}
}
