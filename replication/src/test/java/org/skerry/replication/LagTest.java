package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;

/** How long something waits to be replicated, and how much. */
class LagTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final Lag lag = new Lag();

  private static ChangesPage page(String last, boolean end, int rows) {
    return new ChangesPage(
        Collections.nCopies(rows, new ChangeRow("a", "1", List.of("1-aa"))),
        last,
        end ? 0 : 5,
        end);
  }

  @Test
  void whatIsReadWaitsUntilItIsDone() {
    lag.page(page("7", true, 2), NOON);
    assertThat(lag.behindSince()).contains(NOON);
    lag.reached("7");
    assertThat(lag.behindSince()).isEmpty();
  }

  @Test
  void whatWaitsLongestCounts() {
    lag.page(page("3", true, 1), NOON);
    lag.page(page("4", true, 1), NOON.plusSeconds(60));
    lag.reached("3");
    assertThat(lag.behindSince()).contains(NOON);
    lag.reached("4");
    assertThat(lag.behindSince()).isEmpty();
  }

  @Test
  void aPageThatIsNotTheLastLeavesMoreToDo() {
    lag.page(page("3", false, 1), NOON);
    lag.reached("3");
    assertThat(lag.behindSince()).contains(NOON);
  }

  @Test
  void aFeedWithoutChangesIsDoneAtOnce() {
    lag.behind(NOON);
    lag.page(page("9", true, 0), NOON.plusSeconds(1));
    lag.reached("9");
    assertThat(lag.behindSince()).isEmpty();
  }

  @Test
  void aBrokenLineMeansThatNobodyKnows() {
    lag.behind(NOON);
    lag.behind(NOON.plusSeconds(9));
    assertThat(lag.behindSince()).contains(NOON);
  }

  @Test
  void whatIsReadAndNotDoneIsPending() {
    assertThat(lag.pending()).isEqualTo(-1);
    lag.page(page("3", false, 2), NOON);
    lag.page(page("4", true, 1), NOON);
    assertThat(lag.pending()).isEqualTo(3);
    lag.reached("3");
    assertThat(lag.pending()).isEqualTo(1);
    lag.reached("4");
    assertThat(lag.pending()).isZero();
  }

  @Test
  void whatASessionLeavesIsPendingUntilTheNextOneReads() {
    lag.page(page("3", true, 2), NOON);
    lag.begins();
    assertThat(lag.pending()).isEqualTo(2);
    lag.page(page("3", true, 2), NOON);
    assertThat(lag.pending()).isEqualTo(2);
    lag.reached("3");
    assertThat(lag.pending()).isZero();
  }
}
