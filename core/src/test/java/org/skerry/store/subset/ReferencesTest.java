package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** When it is known that nobody refers to a new document. */
class ReferencesTest {
  private static final DocId PATIENT = DocId.of("patient");

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private RecordsDraft draft = new RecordsDraft(records, new KnownAudiences());

  private void restart() {
    draft = new RecordsDraft(records, new KnownAudiences());
    try (OrderedView view = records.view()) {
      draft.known().load(view, 0);
    }
  }

  private boolean isReferredToWhenNew() {
    References later = new References(draft);
    later.created(PATIENT);
    return later.isReferredTo(PATIENT);
  }

  @Test
  void whoIsReferredToBeforeComingIsFoundInLaterLivesToo() {
    References.begin(draft);
    assertThat(draft.known().isComplete()).isTrue();
    new References(draft).add(PATIENT.text());
    assertThat(draft.known().isComplete()).isFalse();
    assertThat(isReferredToWhenNew()).isTrue();
    restart();
    assertThat(draft.known().isComplete()).isFalse();
    assertThat(isReferredToWhenNew()).isTrue();
  }

  @Test
  void whoIsNewIsNotLookedUpWhereNobodyReferredInVain() {
    References.begin(draft);
    restart();
    assertThat(draft.known().isComplete()).isTrue();
    records.write(new OrderedBatch().put(SubsetKeys.referred(PATIENT.text()), new byte[0]));
    assertThat(isReferredToWhenNew()).as("the record was not asked for").isFalse();
    assertThat(new References(draft).isReferredTo(PATIENT)).as("who is not new").isTrue();
  }

  @Test
  void databasesThatNobodyWatchedAreLookedUp() {
    draft.put(SubsetKeys.KEPT, new byte[0]);
    draft.put(SubsetKeys.referred(PATIENT.text()), new byte[0]);
    restart();
    assertThat(isReferredToWhenNew()).isTrue();
  }

  @Test
  void whatTheSameTurnReferredToIsKnown() {
    References.begin(draft);
    References turn = new References(draft);
    turn.add(PATIENT.text());
    draft.known().complete(true);
    turn.created(PATIENT);
    assertThat(turn.isReferredTo(PATIENT)).isTrue();
  }

  @Test
  void whoeverBeginsASecondTimeForgetsNothing() {
    References.begin(draft);
    new References(draft).mayDangle();
    References.begin(draft);
    assertThat(draft.known().isComplete()).isFalse();
  }
}
