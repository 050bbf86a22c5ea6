package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativesTest {
  @Test
  void whatCannotBeClosedKeepsNothingElseOpen() {
    List<Integer> closed = new ArrayList<>();
    Natives natives = new Natives();
    natives.own(() -> closed.add(1));
    natives.own(
        () -> {
          throw new IllegalStateException("in use");
        });
    natives.own(() -> closed.add(3));
    assertThatThrownBy(natives::close).hasRootCauseMessage("in use");
    assertThat(closed).containsExactly(3, 1);
  }
}
