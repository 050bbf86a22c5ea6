package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** How far members are listed, and what that costs the next reader. */
class MembersTest {
  private static final int FEED = 3;

  /** Rows that one turn looks at. */
  private static final int TURN = 1_000;

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private final RecordsDraft draft = new RecordsDraft(records, new KnownAudiences());

  private static Feeds filed(OrderedView view) {
    return new Feeds(RecentRows.Moment.FILED, view);
  }

  private void row(long seq, boolean left) {
    DocId id = DocId.of("d" + seq);
    draft.put(SubsetKeys.row(FEED, seq), SubsetRow.encode(id, left, 7, List.of()));
  }

  private void rows(int from, int to, boolean left) {
    for (int seq = from; seq <= to; seq++) {
      row(seq, left);
    }
  }

  private boolean list() {
    try (OrderedView view = records.view()) {
      return Members.list(draft, filed(view), FEED);
    }
  }

  private boolean isLong() {
    try (OrderedView view = records.view()) {
      return new SubsetReads(filed(view)).unlisted(FEED);
    }
  }

  private int unlisted() {
    try (OrderedView view = records.view()) {
      return Members.unlisted(filed(view), FEED, Integer.MAX_VALUE).size();
    }
  }

  private List<String> members() {
    List<String> ids = new ArrayList<>();
    try (OrderedView view = records.view()) {
      Members.visit(filed(view), FEED, DocRange.ALL, id -> ids.add(id.text()));
    }
    return ids;
  }

  @Test
  void whatLeftIsPassedOnce() {
    rows(1, Members.FEW, true);
    assertThat(isLong()).as("few are read by whoever asks").isFalse();
    row(Members.FEW + 1, true);
    assertThat(isLong()).isTrue();
    assertThat(list()).isFalse();
    assertThat(isLong()).as("nobody reads them again").isFalse();
    assertThat(draft.find(SubsetKeys.listed(FEED))).isNotNull();
    assertThat(unlisted()).isZero();
    assertThat(members()).isEmpty();
  }

  @Test
  void aTurnEndsBetweenRowsOfWhatLeft() {
    row(1, false);
    rows(2, TURN + 1, true);
    row(TURN + 2, false);
    assertThat(list()).as("there are more").isTrue();
    assertThat(members()).containsExactly("d1", "d" + (TURN + 2));
    assertThat(list()).isFalse();
    assertThat(unlisted()).isZero();
    assertThat(members()).containsExactly("d1", "d" + (TURN + 2));
  }
}
