package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.Totals;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** Records of databases that were written when each write listed its members. */
class OlderRecordsTest {
  private static final int FEED = 3;

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");

  private static Feeds filed(OrderedView view) {
    return new Feeds(RecentRows.Moment.FILED, view);
  }

  private void put(byte[] key, byte[] value) {
    records.write(new OrderedBatch().put(key, value));
  }

  /** A row and a member as they were written. */
  private void document(int feed, long seq, String id, int flags) {
    byte[] utf8 = DocId.of(id).utf8();
    put(
        SubsetKeys.row(feed, seq),
        ByteBuffer.allocate(2 + utf8.length).put(new byte[] {0, 7}).put(utf8).array());
    put(SubsetKeys.member(feed, utf8), new byte[] {(byte) flags});
  }

  @Test
  void whatRowsDoNotSayIsReadOfTheMembers() {
    document(FEED, 1, "alive", 0);
    document(FEED, 2, "dead", 1);
    document(Audience.EVERYONE, 3, "contested", 2);
    try (OrderedView view = records.view()) {
      assertThat(new SubsetReads(filed(view)).totals(FEED)).isEqualTo(new Totals(2, 1, 1, 0));
    }
  }

  @Test
  void aListingLeavesMembersAsTheyWere() {
    document(FEED, 1, "alive", 0);
    document(FEED, 2, "dead", 1);
    document(FEED, 3, "contested", 2);
    put(SubsetKeys.row(FEED, 4), SubsetRow.encode(DocId.of("new"), false, 7, List.of()));
    SubsetDraft draft = new RecordsDraft(records, new KnownAudiences());
    try (OrderedView view = records.view()) {
      assertThat(Members.list(draft, filed(view), FEED)).isFalse();
    }
    try (OrderedView view = records.view()) {
      assertThat(Members.unlisted(filed(view), FEED, 10)).as("they are passed").isEmpty();
      assertThat(new SubsetReads(filed(view)).totals(FEED)).isEqualTo(new Totals(2, 2, 1, 0));
      assertThat(view.find(SubsetKeys.member(FEED, DocId.of("new").utf8()))).isEmpty();
    }
  }

  @Test
  void membersThatWereListedAtOnceStandOnceBesideTheirRows() {
    document(FEED, 1, "b", 0);
    document(FEED, 2, "a", 0);
    List<String> ids = new ArrayList<>();
    try (OrderedView view = records.view()) {
      Members.visit(filed(view), FEED, DocRange.ALL, id -> ids.add(id.text()));
    }
    assertThat(ids).containsExactly("a", "b");
  }

  @Test
  void rowsAreReadAsTheyWere() {
    document(FEED, 9, "a", 0);
    try (OrderedView view = records.view()) {
      byte[] key = SubsetKeys.row(FEED, 9);
      assertThat(SubsetRow.decode(RowPage.decode(key, view.find(key)).getFirst()))
          .isEqualTo(new SubsetRow(DocId.of("a"), 9, false, 7));
    }
  }

  @Test
  void aLabelsRecordOfOneDocumentNamesIt() {
    assertThat(LabelRecords.label(new byte[0])).isEmpty();
  }
}
