package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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

  /** More than is filed in one step. */
  private void labelMany(int seq) {
    Labelled labelled = new Labelled(draft);
    for (int i = 0; i < 10_000; i++) {
      labelled.add(Label.place("here"), DocId.of("d" + seq + "-" + i));
    }
    labelled.put(seq);
  }

  @Test
  void whoFollowsALabelWaitsUntilABacklogIsFiled() {
    labelMany(1);
    labelMany(2);
    SubsetChanges meaning = new SubsetChanges(draft);
    meaning.mean(Map.of(Label.place("here"), Audience.of(7)));
    byte[] task = new Task(Label.place("here"), Meaning.DEPTH).key();
    assertThat(draft.find(task)).isEmpty();
    try (OrderedView view = records.view()) {
      assertThat(new SubsetChanges(draft).step(view, 100_000)).as("half is filed").isTrue();
    }
    assertThat(draft.find(task)).as("nobody followed").isEmpty();
    try (OrderedView view = records.view()) {
      new SubsetChanges(draft).step(view, 100_000);
    }
    assertThat(isFiling()).isFalse();
    while (draft.find(task) != null) {
      try (OrderedView view = records.view()) {
        new SubsetChanges(draft).step(view, 100_000);
      }
    }
  }
}
