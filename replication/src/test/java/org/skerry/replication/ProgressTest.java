package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;

/** How long something waits to be replicated. */
class ProgressTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final Progress progress = new Progress(Failing.none(System::nanoTime));

  private static ChangesPage page(String last, boolean end, int rows) {
    return new ChangesPage(
        Collections.nCopies(rows, new ChangeRow("a", "1", List.of("1-aa"))),
        last,
        end ? 0 : 5,
        end);
  }

  @Test
  void whatIsReadWaitsUntilItIsDone() {
    progress.page(page("7", true, 2), NOON);
    assertThat(progress.behindSince()).contains(NOON);
    progress.reached("7");
    assertThat(progress.behindSince()).isEmpty();
  }

  @Test
  void whatWaitsLongestCounts() {
    progress.page(page("3", true, 1), NOON);
    progress.page(page("4", true, 1), NOON.plusSeconds(60));
    progress.reached("3");
    assertThat(progress.behindSince()).contains(NOON);
    progress.reached("4");
    assertThat(progress.behindSince()).isEmpty();
  }

  @Test
  void aPageThatIsNotTheLastLeavesMoreToDo() {
    progress.page(page("3", false, 1), NOON);
    progress.reached("3");
    assertThat(progress.behindSince()).contains(NOON);
  }

  @Test
  void aFeedWithoutChangesIsDoneAtOnce() {
    progress.behind(NOON);
    progress.page(page("9", true, 0), NOON.plusSeconds(1));
    progress.reached("9");
    assertThat(progress.behindSince()).isEmpty();
  }

  @Test
  void aBrokenLineMeansThatNobodyKnows() {
    progress.behind(NOON);
    progress.behind(NOON.plusSeconds(9));
    assertThat(progress.behindSince()).contains(NOON);
  }
}
