package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.MemoryStore;

class OnlyTheNodeTest {
  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);

  @AfterEach
  void close() {
    databases.close();
    store.close();
  }

  private static NewRevision revision(String id) {
    return new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse("{}"), List.of());
  }

  @Test
  void everybodyElseIsToldWhyNot() {
    databases.guard("ledger", new OnlyTheNode("kept by the node"));
    Database ledger = databases.create("ledger").orElseThrow();
    assertThat(ledger.update(revision("a"), Author.SYSTEM)).isInstanceOf(WriteResult.Written.class);
    for (Author other :
        List.of(
            new Author(Optional.of("admin"), Set.of("_admin")),
            new Author(Optional.of("ann"), Set.of()),
            new Author(Optional.empty(), Set.of()))) {
      assertThat(other.isNode()).isFalse();
      assertThat(ledger.update(revision("b"), other))
          .isEqualTo(new WriteResult.Forbidden("forbidden", "kept by the node"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clinic", "a1_$()+-/x", "_users", "_replicator"})
  void someNamesAreADatabases(String name) {
    assertThat(Databases.isName(name)).isTrue();
    assertThat(databases.find(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Clinic", "1a", "_clinic", "a b", "é"})
  void othersAreNone(String name) {
    assertThat(Databases.isName(name)).isFalse();
  }
}
