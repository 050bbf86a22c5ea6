package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skerry.store.StoreException;

/** Native memory is freed only when nobody uses it. */
class GateTest {
  @Test
  void shuttingWaitsForThoseInside() throws Exception {
    Gate gate = new Gate();
    AtomicBoolean left = new AtomicBoolean();
    Gate.Pass outer = gate.enter();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> shut =
          threads.submit(
              () -> {
                boolean first = gate.shut();
                assertThat(left).isTrue();
                return first;
              });
      try (Gate.Pass inner = gate.enter()) {
        assertThat(inner).isNotNull();
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("closed");
      }
      left.set(true);
      outer.close();
      assertThat(shut.get()).isTrue();
    }
    assertThatThrownBy(gate::enter).isInstanceOf(StoreException.class);
    assertThat(gate.shut()).as("a second time").isFalse();
  }
}
