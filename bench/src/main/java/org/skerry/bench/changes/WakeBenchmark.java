package org.skerry.bench.changes;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.skerry.changes.ChangesFeed;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Page;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.store.Seq;
import org.skerry.store.Store;

/**
 * One write under the eyes of live readers, each of which waits, reads the new row and waits again:
 * from the write's beginning until the last reader has it.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public abstract class WakeBenchmark {
  private static final Duration HEARTBEAT = Duration.ofSeconds(60);

  @Param({"1", "100", "5000"})
  public int readers;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Phaser seen = new Phaser(1);
  private final Database database;
  private final ChangesFeed feed;
  private long written;

  WakeBenchmark(Store engine) {
    database = new Databases(engine).create("bench").orElseThrow();
    feed = database.changes();
  }

  @Setup
  public void start() {
    seen.bulkRegister(readers);
    for (int i = 0; i < readers; i++) {
      threads.execute(this::follow);
    }
  }

  private void follow() {
    try {
      Seq since = Seq.ZERO;
      while (feed.await(since, HEARTBEAT) != Wake.CLOSED) {
        Page page = feed.read(ChangesRequest.ALL, since, (document, revisions) -> true);
        since = page.lastSeq();
        for (int i = 0; i < page.rows(); i++) {
          seen.arrive();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Benchmark
  public int writeUntilAllHaveSeen() {
    written++;
    database.update(Documents.revision("doc" + written, written));
    return seen.arriveAndAwaitAdvance();
  }

  @TearDown
  public void stop() throws InterruptedException {
    feed.close();
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("readers wait after the feed was closed");
    }
  }
}
