package org.skerry.store.rocksdb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what keeps the disk busy for long on a platform thread while the caller waits: in a virtual
 * thread it would pin a carrier.
 */
final class Chores {
  /** How often somebody who watches a chore is asked; a person who cancels it waits so long. */
  private static final long LOOK_MILLIS = 200;

  private Chores() {}

  /**
   * Runs a chore.
   *
   * @param meanwhile called now and then until it has ended, in the caller's thread
   */
  static void run(Runnable chore, Runnable meanwhile) {
    CompletableFuture<Boolean> done = begin(chore);
    while (true) {
      try {
        done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        meanwhile.run();
      } catch (InterruptedException e) {
        // The chore uses what its caller holds, so it is waited for.
        await(done);
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new CompletionException(e.getCause());
      }
    }
  }

  static void run(Runnable chore) {
    if (!Thread.currentThread().isVirtual()) {
      chore.run();
      return;
    }
    await(begin(chore));
  }

  private static CompletableFuture<Boolean> begin(Runnable chore) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("skerry-store-chore")
        .daemon()
        .start(
            () -> {
              try {
                chore.run();
                done.complete(true);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  private static void await(CompletableFuture<Boolean> done) {
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
