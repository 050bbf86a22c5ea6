package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** When documents are filed by label. */
class LabelledTest {
  private static final int FILED_TOGETHER = 3;

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private final RecordsDraft draft = new RecordsDraft(records, new KnownAudiences(FILED_TOGETHER));

  private void label(int seq) {
    Labelled labelled = new Labelled(draft);
    labelled.add(Label.place("here"), DocId.of("d" + seq));
    labelled.put(seq);
  }

  private boolean isFiling() {
    return draft.find(SubsetKeys.FILING) != null;
  }

  private void file() {
    try (OrderedView view = records.view()) {
      assertThat(new SubsetChanges(draft).step(view, 1)).isFalse();
    }
  }

  @Test
  void aTurnThatIsLostIsMadeUpForByTheNext() {
    label(1);
    label(2);
    assertThat(isFiling()).isFalse();
    label(3);
    assertThat(isFiling()).isTrue();
    draft.delete(SubsetKeys.FILING);
    label(4);
    assertThat(isFiling()).as("what came together is still not filed").isTrue();
  }

  @Test
  void countingBeginsAnewWithTheFiling() {
    label(1);
    label(2);
    label(3);
    file();
    assertThat(isFiling()).isFalse();
    label(4);
    label(5);
    assertThat(isFiling()).isFalse();
    label(6);
    assertThat(isFiling()).isTrue();
  }
}
