package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TotalsTest {
  @Test
  void aTombstoneIsNoDocument() {
    assertThat(Totals.NONE.plus(false, false).plus(true, false)).isEqualTo(new Totals(1, 1, 0, 0));
  }

  @Test
  void whatWasCountedIsTakenOutAgain() {
    Totals all = Totals.NONE.plus(false, true).plus(true, true).purged();
    assertThat(all).isEqualTo(new Totals(1, 1, 2, 1));
    assertThat(all.minus(false, true).minus(true, true)).isEqualTo(Totals.NONE.purged());
  }
}
