package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }

  @Test
  void cannotBeCopiedToAFolder() {
    try (Store store = open()) {
      assertThatThrownBy(() -> store.checkpoint(Path.of("anywhere")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("memory");
    }
  }

  @Test
  void incarnationsRepeatWithTheSourceOfRandomness() {
    try (Store one = new MemoryStore(new SplittableRandom(7));
        Store other = new MemoryStore(new SplittableRandom(7))) {
      assertThat(one.create("a").orElseThrow().incarnation())
          .isEqualTo(other.create("b").orElseThrow().incarnation());
    }
  }
}
