package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/** New documents, several in one turn, whose labels are the same. */
class ArrivalsTest {
  private static final Label HERE = Label.place("here");
  private static final Label PATIENT = Label.document(DocId.of("patient"));

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");
  private final RecordsDraft draft = new RecordsDraft(records, new KnownAudiences());
  private final SubsetChanges turn = new SubsetChanges(draft);
  private long seq;

  private void arrives(String name, Label... labels) {
    DocId id = DocId.of(name);
    turn.changed(
        Arriving.none(id),
        Arriving.at(++seq, id, Arriving.REV),
        Arriving.written(Arriving.REV, labels));
  }

  private Scope scope(String name) {
    DocId id = DocId.of(name);
    byte[] record = draft.findScope(id);
    return record == null ? Scope.NONE : ScopeRecord.decode(id, record);
  }

  private List<String> feed(int feed) {
    List<String> ids = new ArrayList<>();
    try (OrderedView view = records.view();
        FeedRows rows = new Feeds(draft.known().rows().moment(), view).from(feed, 0)) {
      for (RowPage.Row row = rows.current(); row != null; row = rows.current()) {
        ids.add(row.seq() + " " + SubsetRow.decode(row).id().text());
        rows.advance();
      }
    }
    return ids;
  }

  private boolean isLed(Label label) {
    return draft.find(new Task(label, Meaning.DEPTH).key()) != null;
  }

  @Test
  void eachGetsItsScopeItsRowsAndItsLabels() {
    turn.mean(Map.of(HERE, Audience.of(3, 5)));
    arrives("a", HERE);
    arrives("b", HERE);
    turn.end();
    assertThat(scope("a")).isEqualTo(scope("b"));
    assertThat(scope("b").audience()).isEqualTo(Audience.of(3, 5));
    assertThat(scope("b").united().urgency()).isEqualTo(7);
    assertThat(feed(3)).containsExactly("1 a", "2 b");
    assertThat(feed(5)).containsExactly("1 a", "2 b");
    try (OrderedView view = records.view()) {
      assertThat(LabelRecords.unfiled(view)).containsEntry(HERE, ids("a", "b"));
    }
  }

  private static List<DocId> ids(String... names) {
    return List.of(names).stream().map(DocId::of).toList();
  }

  @Test
  void whoComesWhenItsPlaceMeansOthersGoesToThose() {
    turn.mean(Map.of(HERE, Audience.of(3)));
    arrives("a", HERE);
    turn.mean(Map.of(HERE, Audience.of(5)));
    arrives("b", HERE);
    turn.end();
    assertThat(feed(3)).containsExactly("1 a");
    assertThat(feed(5)).containsExactly("2 b");
    assertThat(isLed(HERE)).as("the first follows").isTrue();
  }

  @Test
  void whoFollowsADocumentThatComesBehindItIsLedToIt() {
    turn.mean(Map.of(HERE, Audience.of(3)));
    arrives("before", PATIENT);
    assertThat(isLed(PATIENT)).isFalse();
    arrives("patient", HERE);
    arrives("behind", PATIENT);
    turn.end();
    assertThat(isLed(PATIENT)).isTrue();
    assertThat(scope("before").audience()).isEqualTo(Audience.NOBODY);
    assertThat(scope("behind").audience()).isEqualTo(Audience.of(3));
    assertThat(feed(3)).containsExactly("2 patient", "3 behind");
  }

  @Test
  void whoRefersToItselfIsWithNobody() {
    arrives("patient", PATIENT);
    arrives("note", PATIENT);
    turn.end();
    assertThat(scope("patient").audience()).isEqualTo(Audience.NOBODY);
    assertThat(scope("patient").united().labels()).containsExactly(PATIENT);
    assertThat(scope("note").audience()).isEqualTo(Audience.NOBODY);
  }

  @Test
  void whoHasNoLabelLeavesNothing() {
    arrives("a");
    turn.end();
    assertThat(draft.findScope(DocId.of("a"))).isNull();
    assertThat(feed(3)).isEmpty();
  }

  @Test
  void whatSomebodyHeardOfBeforeItCameIsKnownFromThenOn() {
    turn.mean(Map.of(HERE, Audience.of(3)));
    assertThat(turn.scope(DocId.of("patient"))).isEqualTo(Scope.NONE);
    arrives("patient", HERE);
    assertThat(turn.scope(DocId.of("patient")).audience()).isEqualTo(Audience.of(3));
  }
}
