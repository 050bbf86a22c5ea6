package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Writes;

class DictionaryTest {
  private static final int ENOUGH_TO_LEARN = 3_000;

  @TempDir private Path folder;

  @Test
  void bodiesPackedWithWhatWasLearntAreReadAgainAfterClosing() throws InterruptedException {
    try (RocksStore store = RocksStore.open(folder)) {
      DocumentStore db = store.create("db").orElseThrow();
      write(db, "before", ENOUGH_TO_LEARN);
      waitUntilLearnt();
      write(db, "after", 10);
      assertThat(Reads.document(db, "after3").orElseThrow().revisions().getFirst().body())
          .hasToString(json("after", 3));
    }
    for (int opening = 0; opening < 2; opening++) {
      try (RocksStore store = RocksStore.open(folder)) {
        DocumentStore db = store.find("db").orElseThrow();
        assertThat(Reads.changes(db, Seq.ZERO)).hasSize(ENOUGH_TO_LEARN + 10);
        assertThat(Reads.document(db, "after7").orElseThrow().revisions().getFirst().body())
            .hasToString(json("after", 7));
      }
    }
  }

  /** The store goes on knowing a database that was dropped, since somebody may still hold it. */
  @Test
  void aDatabaseThatWasDroppedKeepsNoSamples() {
    try (RocksStore store = RocksStore.open(folder)) {
      DocumentStore db = store.create("db").orElseThrow();
      Dictionaries dictionaries = ((RocksDocuments) db).dictionaries();
      write(db, "some", 10);
      assertThat(dictionaries.sampleCount()).isEqualTo(10);
      store.drop("db");
      dictionaries.sample(new byte[] {'{', '}'});
      assertThat(dictionaries.sampleCount()).isZero();
    }
  }

  private static void write(DocumentStore db, String prefix, int count) {
    List<RevisionWrite> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(Writes.create(prefix + i, json(prefix, i)));
    }
    db.commit(batch);
  }

  private static String json(String prefix, int number) {
    return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"subject\":{\"reference\":"
        + "\"Patient/"
        + prefix
        + "\"},\"valueQuantity\":{\"value\":"
        + number
        + ",\"unit\":\"mmol/l\"}}";
  }

  private static void waitUntilLearnt() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("skerry-dictionary")) {
        thread.join();
      }
    }
  }
}
