package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.skerry.revision.RevId;

/** One subject of the contract: opens the engine under test, with one database. */
abstract class ContractCase {
  private final Callable<Store> opener;
  Store store;
  DocumentStore db;

  ContractCase(Callable<Store> opener) {
    this.opener = opener;
  }

  @BeforeEach
  void openStore() throws Exception {
    store = opener.call();
    db = store.create("db").orElseThrow();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  Outcome commit(RevisionWrite write) {
    List<Outcome> outcomes = db.commit(List.of(write));
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst();
  }

  /** Commits what must be written. */
  Seq written(RevisionWrite write) {
    Outcome outcome = commit(write);
    assertThat(outcome).isInstanceOf(Outcome.Written.class);
    return ((Outcome.Written) outcome).seq();
  }

  /** Creates the document and returns its revision. */
  RevId create(String id, String json) {
    RevisionWrite write = Writes.create(id, json);
    written(write);
    return write.rev();
  }

  /** Edits the document and returns the new revision. */
  RevId edit(String id, RevId parent, String json) {
    RevisionWrite write = Writes.edit(id, parent, json);
    written(write);
    return write.rev();
  }
}
