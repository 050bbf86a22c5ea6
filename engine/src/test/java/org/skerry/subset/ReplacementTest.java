package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.DocRange;
import org.skerry.store.MemoryStore;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan.Operation;
import org.skerry.store.faulty.FaultyStore;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Subsets;

/** Documents get the labels of other rules, whatever is written meanwhile. */
class ReplacementTest {
  private static final String ALL = "{\"rules\": [{\"type\": \"note\", \"everyone\": true}]}";
  private static final String OWN = "{\"rules\": [{\"type\": \"note\", \"site\": \"/at\"}]}";

  private Runnable meanwhile = () -> {};
  private final FaultyStore store =
      new FaultyStore(new MemoryStore(), new SplittableRandom(1), call -> meanwhile.run());
  private final Database database = new Databases(store).create("clinic").orElseThrow();
  private final Subsets subsets = database.store().subsets();

  /** Between the look at what it says and its new labels, which were then those of before. */
  @Test
  void aDocumentThatIsDeletedWhileItIsPlacedHasTheNewRules() {
    rules(ALL);
    int feed = subsets.feed("a");
    RevId first = write("deleted", Optional.empty(), false);
    write("deleted", Optional.of(first), true);
    RevId note = write("note", Optional.empty(), false);
    settle();
    assertThat(members(feed)).containsExactly("deleted", "note");

    rules(OWN);
    meanwhile = () -> write("note", Optional.of(note), true);
    int[] reads = {0};
    // The page of documents, and then what the deleted one said.
    store.plan(
        call -> call.operation() == Operation.READ && ++reads[0] == 2 ? Fault.DELAY : Fault.NONE);
    settle();

    assertThat(members(feed)).isEmpty();
  }

  @Test
  void aDeletedDocumentGoesWhereWhatItSaidLastGoesUntilThatIsCompacted() {
    rules(OWN);
    int feed = subsets.feed("a");
    subsets.audiences(Map.of(Label.place("b"), Audience.of(feed)));
    RevId first = write("deleted", Optional.empty(), false);
    write("deleted", Optional.of(first), true);
    settle();
    assertThat(members(feed)).containsExactly("deleted");
    rules(ALL);
    settle();
    assertThat(members(feed)).containsExactly("deleted");

    database.store().compact((done, total) -> true);
    settle();
    assertThat(members(feed)).containsExactly("deleted");
    rules(OWN);
    settle();
    assertThat(members(feed)).isEmpty();
  }

  private void rules(String json) {
    database.scope(Optional.of(ScopeRules.parse(SubsetCase.json(json))));
  }

  private void settle() {
    Replacement replacement = new Replacement(database);
    while (replacement.step(100) | subsets.step(100)) {
      // There is more.
    }
  }

  private RevId write(String id, Optional<RevId> parent, boolean deleted) {
    Body body = deleted ? Body.EMPTY : Body.parse("{\"type\":\"note\",\"at\":\"b\"}");
    WriteResult result =
        database.update(new NewRevision(DocId.of(id), parent, deleted, body, List.of()));
    return ((WriteResult.Written) result).rev();
  }

  private List<String> members(int feed) {
    List<String> ids = new ArrayList<>();
    subsets.members(feed, DocRange.ALL, id -> ids.add(id.text()));
    return ids;
  }
}
