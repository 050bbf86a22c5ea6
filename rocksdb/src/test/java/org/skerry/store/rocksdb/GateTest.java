package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void whoeverIsAloneIsAlone() throws Exception {
    Gate gate = new Gate();
    AtomicBoolean alone = new AtomicBoolean();
    AtomicInteger entered = new AtomicInteger();
    CountDownLatch busy = new CountDownLatch(100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(
            threads.submit(
                () -> {
                  for (int call = 0; call < 10_000; call++) {
                    try (Gate.Pass pass = gate.enter()) {
                      assertThat(pass).isNotNull();
                      assertThat(alone).isFalse();
                      entered.incrementAndGet();
                      busy.countDown();
                    }
                  }
                  return true;
                }));
      }
      busy.await();
      for (int i = 0; i < 50; i++) {
        gate.alone(
            Duration.ofMinutes(1),
            () -> {
              alone.set(true);
              alone.set(false);
            });
      }
      for (Future<Boolean> caller : callers) {
        assertThat(caller.get()).isTrue();
      }
    }
    assertThat(entered).hasValue(80_000);
    assertThat(gate.shut()).isTrue();
  }

  @Test
  void nobodyIsAloneWhileSomebodyStays() {
    Gate gate = new Gate();
    try (Gate.Pass stays = gate.enter()) {
      assertThat(stays).isNotNull();
      assertThat(gate.alone(Duration.ofMillis(1), () -> {})).isFalse();
      try (Gate.Pass another = gate.enter()) {
        assertThat(another).isNotNull();
      }
    }
    assertThat(gate.alone(Duration.ofMillis(1), () -> {})).isTrue();
    assertThat(gate.shut()).isTrue();
    assertThat(gate.alone(Duration.ofMillis(1), () -> {})).as("shut").isFalse();
  }
}
