package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.Reads;
import org.skerry.store.StoreHealth;
import org.skerry.store.Totals;
import org.skerry.store.Writes;

/** A write that breaks off between the disk and the memory. */
class BrokenOffTest {
  @TempDir Path temporary;

  @Test
  void theStoreGoesOnFromWhatIsOnTheDisk() {
    try (RocksStore store = RocksStore.open(temporary.resolve("store"))) {
      DocumentStore db = store.create("db").orElseThrow();
      assertThat(create(db, "a")).isEqualTo(1);
      assertThatThrownBy(() -> store.writer().write(BrokenOffTest::giveSequences))
          .isInstanceOf(BrokenOffException.class);
      while (store.health().state() != StoreHealth.State.WELL) {
        Thread.onSpinWait();
      }
      assertThat(create(db, "b")).as("behind what was given").isEqualTo(101);
      assertThat(Reads.document(db, "a")).isPresent();
      assertThat(Reads.document(db, "b")).isPresent();
    }
  }

  /** Otherwise writes would be let in on what was in memory before. */
  @Test
  void nothingIsWrittenWhileOpeningAnewDoesNotSucceed() {
    try (RocksStore store = RocksStore.open(temporary.resolve("store"))) {
      DocumentStore db = store.create("db").orElseThrow();
      assertThat(create(db, "a")).isEqualTo(1);
      store
          .writer()
          .write(
              group -> {
                byte[] name = Keys.meta(Keys.NODE, Keys.Kind.NAME, "spoilt");
                group.put(Family.META, name, new byte[1]);
                return true;
              });
      assertThatThrownBy(store::reopen).hasMessageContaining("damaged");
      assertThatThrownBy(() -> create(db, "b")).isInstanceOf(BrokenOffException.class);
      assertThat(Reads.document(db, "b")).isEmpty();
    }
  }

  private static long create(DocumentStore db, String id) {
    Outcome outcome = db.commit(List.of(Writes.create(id, "{}"))).getFirst();
    return outcome instanceof Outcome.Written written ? written.seq().number() : 0;
  }

  /** Sequences up to 100, in the first database; nobody learns of it. */
  private static boolean giveSequences(Group group) {
    group.put(
        Family.META,
        Keys.meta(Keys.FIRST_DATABASE, Keys.Kind.LEDGER),
        new Ledger(100, Totals.NONE, 0, 0, 0, 1_000, 0).encode());
    group.afterwards(
        () -> {
          throw new OutOfMemoryError("no room");
        });
    return true;
  }
}
