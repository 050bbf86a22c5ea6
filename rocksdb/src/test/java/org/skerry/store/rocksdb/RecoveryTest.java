package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again until the store takes writes. */
@Timeout(60)
class RecoveryTest {
  @TempDir Path temporary;

  /** Nobody else would try again, and nothing would be written until a restart. */
  @Test
  void aTryThatRunsOutOfMemoryIsNotTheLast() throws IOException, InterruptedException {
    Files.createFile(temporary.resolve("CURRENT"));
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch well = new CountDownLatch(1);
    Runnable probe =
        () -> {
          if (tries.incrementAndGet() == 1) {
            throw new OutOfMemoryError("no room");
          }
          well.countDown();
        };
    try (Recovery recovery = new Recovery(temporary, new Gate(), probe, () -> {})) {
      recovery.refused(new BrokenOffException());
      well.await();
    }
    assertThat(tries).hasValueGreaterThan(1);
  }
}
