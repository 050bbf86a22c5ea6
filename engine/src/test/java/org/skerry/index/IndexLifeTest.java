package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedBatch;

class IndexLifeTest extends IndexCase {
  private void purge(String id) {
    DocId docId = DocId.of(id);
    List<RevId> leaves = new ArrayList<>();
    database
        .store()
        .load(
            List.of(docId),
            Fields.LEAVES,
            found -> leaves.addAll(found.leaves().stream().map(Leaf::rev).toList()));
    database.store().purge(List.of(new PurgeRequest(docId, leaves)));
  }

  @Test
  void purgedDocumentsLeaveTheIndex() {
    for (String id : new String[] {"a", "b", "c"}) {
      write(id, "{\"keys\":[1],\"value\":1}");
    }
    Index index = index();
    assertThat(rows(index)).hasSize(3);
    purge("b");
    assertThat(rows(index)).containsExactly("1 a 1", "1 c 1");
    purge("a");
    write("a", "{\"keys\":[2],\"value\":2}");
    purge("c");
    purge("c");
    assertThat(rows(reopened())).containsExactly("2 a 2");
  }

  @Test
  void whoMissedPurgesIsBuiltAnew() {
    for (String id : new String[] {"a", "b", "c"}) {
      write(id, "{\"keys\":[1],\"value\":1}");
    }
    assertThat(rows(index())).hasSize(3);
    database.store().purges().limit(1);
    purge("a");
    purge("b");
    database.store().compact((done, all) -> true);
    assertThat(rows(index())).containsExactly("1 c 1");
  }

  @Test
  void aDroppedDatabaseTakesItsIndexesAlong() {
    databases.onDrop((name, incarnation) -> indexes.dropAll(incarnation));
    write("a", "{\"keys\":[1],\"value\":1}");
    index().catchUp();
    Database other = databases.create("other").orElseThrow();
    indexes.open(other, KeysIndexer.definition(indexer)).catchUp();
    databases.drop("db");
    assertThat(store.names()).containsExactly(other.store().incarnation() + "/keys");
  }

  @Test
  void whatWasDroppedUnnoticedIsSwept() {
    write("a", "{\"keys\":[1],\"value\":1}");
    index().catchUp();
    Database other = databases.create("other").orElseThrow();
    indexes.open(other, KeysIndexer.definition(indexer)).catchUp();
    databases.drop("db");
    assertThat(store.names()).hasSize(2);
    indexes.sweep(databases);
    assertThat(store.names()).containsExactly(other.store().incarnation() + "/keys");
  }

  @Test
  void signaturesAreListedAndDropped() {
    index().catchUp();
    assertThat(indexes.signatures(database)).isEqualTo(Set.of("keys"));
    Index before = index();
    indexes.drop(database, "keys");
    assertThat(indexes.signatures(database)).isEmpty();
    assertThatThrownBy(before::read).isInstanceOf(StoreException.class);
    write("a", "{\"keys\":[1],\"value\":1}");
    assertThat(rows(index())).containsExactly("1 a 1");
  }

  @Test
  void indexesThatNoDesignDocumentWantsAreCleanedUp() {
    indexes.register(
        design -> design.id().text().equals("_design/keys") ? Set.of("keys") : Set.<String>of());
    index().catchUp();
    indexes
        .open(
            database,
            new IndexDefinition(
                "other", "x", KeysIndexer.definition(indexer).views(), true, indexer))
        .catchUp();
    write("_design/keys", "{}");
    indexes.cleanUp(database);
    assertThat(indexes.signatures(database)).isEqualTo(Set.of("keys"));
    write("_design/keys", "");
    indexes.cleanUp(database);
    assertThat(indexes.signatures(database)).isEmpty();
  }

  @Test
  void aDamagedIndexIsBuiltAnew() {
    write("a", "{\"keys\":[1],\"value\":1}");
    index().catchUp();
    for (byte[] damaged : new byte[][] {IndexKeys.STATE, IndexKeys.node(0, 0)}) {
      store
          .open(database.store().incarnation() + "/keys")
          .write(new OrderedBatch().put(damaged, new byte[] {9, 9}));
      indexes.close();
      indexes = new Indexes(store);
      try {
        rows(index());
      } catch (DamagedException e) {
        // Who meets the damage first is told; nobody after that.
        assertThat(e).hasMessageContaining("anew");
      }
      assertThat(rows(index())).containsExactly("1 a 1");
    }
  }

  @Test
  void anIndexAheadOfItsDatabaseIsBuiltAnew() {
    write("a", "{\"keys\":[1],\"value\":1}");
    index().catchUp();
    IndexState ahead =
        new IndexState(
            Seq.of(1_000_000), 0, List.of(IndexState.ViewState.EMPTY, IndexState.ViewState.EMPTY));
    store
        .open(database.store().incarnation() + "/keys")
        .write(new OrderedBatch().put(IndexKeys.STATE, ahead.encode()));
    assertThat(rows(reopened())).containsExactly("1 a 1");
  }
}
