package org.skerry.fulltext;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexPlace;

/**
 * A catch-up that runs.
 *
 * @param done how many changes it looked at
 * @param cancelled whether it is to stop
 * @param end ends when it does, and tells why
 */
record Build(
    long number,
    String database,
    IndexPlace place,
    Instant started,
    AtomicLong done,
    long total,
    AtomicBoolean cancelled,
    Future<?> end) {
  boolean isRunning() {
    return !end.isDone();
  }

  IndexBuild now() {
    long looked = done.get();
    return new IndexBuild(number, database, place, started, looked, Math.max(total, looked));
  }
}
