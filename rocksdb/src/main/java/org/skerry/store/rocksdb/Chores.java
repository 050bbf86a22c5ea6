package org.skerry.store.rocksdb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs what keeps the disk busy for long on a platform thread while the caller waits: in a virtual
 * thread it would pin a carrier.
 */
final class Chores {
  private Chores() {}

  static void run(Runnable chore) {
    if (!Thread.currentThread().isVirtual()) {
      chore.run();
      return;
    }
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
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
