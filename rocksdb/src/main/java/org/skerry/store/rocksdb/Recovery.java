package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skerry.store.OutOfHandlesException;
import org.skerry.store.StoreException;

/**
 * Brings a store back that ran out of file handles, or of which a write broke off. When RocksDB
 * could not open a file behind our back (for a table, or a log), it refuses all writes from then on
 * and can only be opened anew; where a write broke off, what is in memory has to be read again
 * ({@link GroupWriter}). That is done here, in place, as soon as there are handles; reading goes on
 * until then. Any thread.
 *
 * <ol>
 *   <li>A write is tried: when it succeeds, all is well.
 *   <li>Otherwise, if as many files can be opened as RocksDB opens at first: nobody is let in, all
 *       who are inside leave, and the store is opened anew.
 *   <li>Again in a second.
 * </ol>
 */
final class Recovery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private static final long PAUSE_MILLIS = 1_000;

  /** Logs, manifest, options, lock, and the first tables. */
  private static final int HANDLES = 32;

  /** Longer calls must not be waited for, since all new ones wait meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path folder;
  private final Gate gate;
  private final Runnable probe;
  private final Runnable reopen;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this. */
  private boolean running;

  /**
   * For the store in that folder.
   *
   * @param probe writes something harmless
   * @param reopen opens the store anew; called when nobody is inside
   */
  Recovery(Path folder, Gate gate, Runnable probe, Runnable reopen) {
    this.folder = folder;
    this.gate = gate;
    this.probe = probe;
    this.reopen = reopen;
  }

  /** Looks at what a write failed of, and begins when that is its affair. */
  void refused(RuntimeException failure) {
    if (failure instanceof OutOfHandlesException || failure instanceof BrokenOffException) {
      begin(String.valueOf(failure.getMessage()));
    }
  }

  private synchronized void begin(String why) {
    if (!running && closed.getCount() > 0) {
      Thread.ofPlatform().name("skerry-store-recovery").daemon().start(() -> run(why));
      running = true; // only if there was room for a thread
    }
  }

  private void run(String why) {
    try {
      say(System.Logger.Level.ERROR, folder + " refuses writes: " + why);
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (attempt()) {
          say(System.Logger.Level.INFO, folder + " takes writes again");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    running = false;
  }

  /** Returns whether there is nothing left to do. */
  private boolean attempt() {
    try {
      if (canWrite()) {
        return true;
      }
      if (handlesAreFree()) {
        gate.alone(PATIENCE, reopen);
      }
    } catch (RuntimeException | Error e) {
      // With no memory left, too: nobody else would try again.
      say(System.Logger.Level.ERROR, String.valueOf(e.getMessage()));
    }
    return false;
  }

  private boolean canWrite() {
    try {
      probe.run();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** The first message may need file handles itself; what is done here must not depend on that. */
  private static void say(System.Logger.Level level, String message) {
    try {
      LOG.log(level, message);
    } catch (RuntimeException | Error e) {
      return;
    }
  }

  private boolean handlesAreFree() {
    List<FileChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < HANDLES; i++) {
        channels.add(FileChannel.open(folder.resolve("CURRENT")));
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      channels.forEach(Recovery::close);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only opened for reading.
      return;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
