package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoreException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DraftsTest {
  private static final DocId A = DocId.of("a");
  private static final DocId B = DocId.of("b");

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final Database database = databases.findOrCreate("ledger");
  private final Drafts drafts = new Drafts(database, "what is noted");

  @AfterEach
  void close() {
    databases.close();
    store.close();
  }

  private static ObjectNode note(int number) {
    return JsonNodeFactory.instance.objectNode().put("n", number);
  }

  private List<String> bodies(DocId id) {
    List<String> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(id),
            Fields.WINNER,
            document -> found.add(document.revisions().getFirst().body().toString()));
    return found;
  }

  @Test
  void whatIsDraftedIsWrittenOnceWhateverStoodThere() {
    drafts.put(A, note(1));
    drafts.commit();
    drafts.put(A, note(2));
    drafts.put(A, note(3));
    drafts.put(B, note(4));
    assertThat(database.store().now().number()).isEqualTo(1);
    drafts.commit();
    assertThat(bodies(A)).containsExactly("{\"n\":3}");
    assertThat(bodies(B)).containsExactly("{\"n\":4}");
    assertThat(database.store().now().number()).isEqualTo(3);
    drafts.commit();
    assertThat(database.store().now().number()).isEqualTo(3);
  }

  @Test
  void whatIsRemovedAndComesAgainIsThere() {
    drafts.put(A, note(1));
    drafts.commit();
    drafts.remove(A);
    drafts.commit();
    assertThat(database.store().totals().documents()).isZero();
    drafts.put(A, note(1));
    drafts.commit();
    assertThat(bodies(A)).containsExactly("{\"n\":1}");
  }

  @Test
  void whatIsNotThereIsNotRemoved() {
    drafts.remove(A);
    drafts.commit();
    assertThat(database.store().now().number()).isZero();
  }

  @Test
  void draftsAreReadBeforeTheyAreWritten() {
    assertThat(drafts.has(A)).isFalse();
    drafts.put(A, note(1));
    assertThat(drafts.find(A)).contains(note(1));
    drafts.remove(A);
    assertThat(drafts.has(A)).isTrue();
    assertThat(drafts.find(A)).isEmpty();
    drafts.clear();
    assertThat(drafts.has(A)).isFalse();
  }

  @Test
  void whatIsRefusedIsToldAndNotTriedAgain() {
    databases.guard((to, revision, author) -> WriteGuard.Verdict.forbidden("not today"));
    drafts.put(A, note(1));
    assertThatThrownBy(drafts::commit)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("what is noted");
    assertThat(drafts.has(A)).isFalse();
  }
}
