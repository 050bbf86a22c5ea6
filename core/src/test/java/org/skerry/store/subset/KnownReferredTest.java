package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** What is remembered of documents to which others refer. */
class KnownReferredTest {
  private static final RevId REV = Arriving.REV;
  private static final RevId NEXT = RevId.of(2, "0123456789abcdef0123456789abcdef");
  private static final Label HERE = Label.place("here");
  private static final Label THERE = Label.place("there");
  private static final DocId PATIENT = DocId.of("patient");
  private static final Scope SMALL = scope(Audience.of(3));

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private final KnownAudiences known = new KnownAudiences();
  private final KnownReferred referred = known.referred();
  private long seq;

  private static Scope scope(Audience audience) {
    return new Scope(
        Placement.of(Set.of(HERE), false, 7), Map.of(), audience, Audience.NOBODY, List.of());
  }

  /** One turn; what it leaves to be done once it is durable is done, or is not. */
  private void turn(Consumer<Runnable> later, Consumer<SubsetChanges> action) {
    SubsetChanges turn = new SubsetChanges(new RecordsDraft(records, known, later));
    action.accept(turn);
    turn.end();
  }

  private void turn(Consumer<SubsetChanges> action) {
    List<Runnable> later = new ArrayList<>();
    turn(later::add, action);
    later.forEach(Runnable::run);
  }

  private void arrives(SubsetChanges turn, DocId id, Label label) {
    seq++;
    turn.changed(Arriving.none(id), Arriving.at(seq, id, REV), Arriving.written(REV, label));
  }

  /** The patient, who came first, moves. */
  private void moves(SubsetChanges turn, Label label) {
    seq++;
    turn.changed(
        Arriving.at(1, PATIENT, REV),
        Arriving.at(seq, PATIENT, NEXT),
        Arriving.written(NEXT, label));
  }

  /** A patient at 3 with a note. */
  private void begin() {
    turn(turn -> turn.mean(Map.of(HERE, Audience.of(3), THERE, Audience.of(5))));
    turn(turn -> arrives(turn, PATIENT, HERE));
    turn(turn -> arrives(turn, DocId.of("note"), Label.document(PATIENT)));
  }

  private Audience audienceOf(String id) {
    try (OrderedView view = records.view()) {
      DocId name = DocId.of(id);
      byte[] record = view.find(SubsetKeys.scope(name));
      return record == null ? Audience.NOBODY : ScopeRecord.decode(name, record).audience();
    }
  }

  @Test
  void whoIsReferredToIsRememberedWithItsScope() {
    begin();
    assertThat(referred.contains("patient")).isTrue();
    assertThat(referred.scope("patient").audience()).isEqualTo(Audience.of(3));
    assertThat(referred.contains("note")).isFalse();
  }

  @Test
  void whatIsRememberedIsNotAskedForAgain() {
    begin();
    records.write(
        new OrderedBatch()
            .delete(SubsetKeys.scope(PATIENT))
            .delete(SubsetKeys.referred(PATIENT.text())));
    turn(turn -> arrives(turn, DocId.of("next"), Label.document(PATIENT)));
    assertThat(audienceOf("next")).isEqualTo(Audience.of(3));
    try (OrderedView view = records.view()) {
      assertThat(view.find(SubsetKeys.referred(PATIENT.text()))).isNull();
    }
  }

  @Test
  void whoMovesIsRememberedWhereItIs() {
    begin();
    turn(turn -> moves(turn, THERE));
    turn(turn -> arrives(turn, DocId.of("next"), Label.document(PATIENT)));
    assertThat(audienceOf("next")).isEqualTo(Audience.of(5));
  }

  @Test
  void whoMovesInTheSameTurnIsFollowedAtOnce() {
    begin();
    turn(
        turn -> {
          moves(turn, THERE);
          arrives(turn, DocId.of("next"), Label.document(PATIENT));
        });
    assertThat(audienceOf("next")).isEqualTo(Audience.of(5));
  }

  @Test
  void aTurnThatIsLostLeavesWhatWasRemembered() {
    begin();
    turn(never -> {}, turn -> moves(turn, THERE));
    assertThat(referred.scope("patient").audience()).isEqualTo(Audience.of(3));
    turn(never -> {}, turn -> arrives(turn, DocId.of("n"), Label.document(DocId.of("other"))));
    assertThat(referred.contains("other")).isFalse();
  }

  @Test
  void whoIsNotYetThereIsLookedForUntilItComes() {
    turn(turn -> turn.mean(Map.of(HERE, Audience.of(3))));
    turn(turn -> arrives(turn, DocId.of("before"), Label.document(PATIENT)));
    assertThat(referred.contains("patient")).isTrue();
    assertThat(referred.scope("patient")).isNull();
    turn(turn -> arrives(turn, PATIENT, HERE));
    assertThat(referred.scope("patient").audience()).isEqualTo(Audience.of(3));
    turn(turn -> arrives(turn, DocId.of("behind"), Label.document(PATIENT)));
    assertThat(audienceOf("behind")).isEqualTo(Audience.of(3));
  }

  @Test
  void whoGoesToManyIsReadEachTime() {
    referred.note("small", SMALL);
    int[] feeds = new int[KnownReferred.FEW + 1];
    for (int i = 0; i < feeds.length; i++) {
      feeds[i] = i + 1;
    }
    referred.note("large", scope(Audience.of(feeds)));
    assertThat(referred.scope("small")).isEqualTo(SMALL);
    assertThat(referred.scope("large")).isNull();
    assertThat(referred.contains("large")).isTrue();
  }

  /** A document that left a site, with what a purge left of its branch. */
  private static Scope left(int ancestors) {
    List<RevId> branch = Collections.nCopies(ancestors, REV);
    Stay stay = new Stay(3, 9, true, List.of(new Echo(NEXT, 1, branch)));
    return new Scope(Placement.NONE, Map.of(), Audience.NOBODY, Audience.NOBODY, List.of(stay));
  }

  @Test
  void whoWasPurgedWithManyRevisionsIsReadEachTime() {
    Scope few = left(KnownReferred.FEW - 2);
    referred.note("few", few);
    referred.note("many", left(KnownReferred.FEW - 1));
    assertThat(referred.scope("few")).isEqualTo(few);
    assertThat(referred.scope("many")).isNull();
    assertThat(referred.contains("many")).isTrue();
  }

  /** A document that was deleted in a conflict, with all the labels that it had. */
  private static Scope deletedInConflict(int labels) {
    Set<Label> had =
        IntStream.range(0, labels)
            .mapToObj(i -> Label.place("place" + i))
            .collect(Collectors.toSet());
    return new Scope(
        Placement.of(Set.of(HERE), false, 7),
        Map.of(REV, Placement.of(Set.of(HERE), false, 7), NEXT, Placement.of(had, false, 7)),
        Audience.of(3),
        Audience.NOBODY,
        List.of());
  }

  @Test
  void whoHadManyLabelsInADeletedLeafIsReadEachTime() {
    Scope few = deletedInConflict(2);
    referred.note("few", few);
    referred.note("many", deletedInConflict(KnownReferred.FEW));
    assertThat(referred.scope("few")).isEqualTo(few);
    assertThat(referred.scope("many")).isNull();
    assertThat(referred.contains("many")).isTrue();
  }

  @Test
  void whoIsRememberedAlreadyTakesNoRoom() {
    for (int i = 0; i < KnownReferred.LIMIT; i++) {
      referred.note("p" + i, SMALL);
    }
    referred.note("p1", scope(Audience.of(5)));
    assertThat(referred.scope("p1").audience()).isEqualTo(Audience.of(5));
    assertThat(referred.contains("p0")).isTrue();
  }

  @Test
  void noMoreAreRememberedThanAreInWorkAtOnce() {
    for (int i = 0; i <= KnownReferred.LIMIT; i++) {
      referred.note("p" + i, SMALL);
    }
    assertThat(referred.contains("p" + KnownReferred.LIMIT)).isTrue();
    assertThat(referred.contains("p0")).isFalse();
  }

  @Test
  void aDatabaseThatIsOpenedAnewOrGoneRemembersNothing() {
    referred.note("p", SMALL);
    known.forgetAll();
    assertThat(referred.contains("p")).isFalse();
    referred.note("p", SMALL);
    try (OrderedView view = records.view()) {
      known.load(view, 0);
    }
    assertThat(referred.contains("p")).isFalse();
  }
}
