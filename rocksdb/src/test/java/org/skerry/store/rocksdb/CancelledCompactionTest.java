package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Writes;

/** A compaction that is broken off leaves a database on which the next one goes on. */
class CancelledCompactionTest {
  private static final int DOCUMENTS = 1_000;

  @TempDir Path temporary;
  private RocksStore store;
  private DocumentStore db;

  @BeforeEach
  void open() {
    store = RocksStore.open(temporary.resolve("store"));
    db = store.create("db").orElseThrow();
    List<RevisionWrite> writes = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      writes.add(Writes.merge("d" + i, "1-a"));
      writes.add(Writes.merge("d" + i, "2-b", "1-a"));
    }
    db.commit(writes);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void checkAllIsThere() {
    for (int i = 0; i < DOCUMENTS; i += 97) {
      assertThat(Reads.body(db, "d" + i, Writes.rev("2-b"))).isPresent();
    }
  }

  @Test
  void itMayEndAfterAnyStep() {
    for (int steps = 0; ; steps++) {
      AtomicInteger left = new AtomicInteger(steps);
      db.compact((done, total) -> left.getAndDecrement() > 0);
      checkAllIsThere();
      if (left.get() > 0) {
        break;
      }
    }
    assertThat(db.sizes().superseded()).isZero();
    assertThat(Reads.body(db, "d1", Writes.rev("1-a"))).isEmpty();
  }

  @Test
  void theRestIsLeftForTheNextOne() {
    AtomicInteger calls = new AtomicInteger();
    db.compact((done, total) -> calls.incrementAndGet() < 3);
    assertThat(db.sizes().superseded()).isBetween(1L, DOCUMENTS - 1L);
    db.compact((done, total) -> true);
    assertThat(db.sizes().superseded()).isZero();
    checkAllIsThere();
  }
}
