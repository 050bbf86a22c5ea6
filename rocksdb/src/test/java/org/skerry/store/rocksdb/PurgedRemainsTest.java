package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.AttachmentRef;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Sizes;
import org.skerry.store.Writes;
import org.skerry.testing.Seeded;

/** What is purged leaves nothing on the disk but its entry in the log. */
@ExtendWith(Seeded.class)
class PurgedRemainsTest {
  private static final int DOCUMENTS = 12;

  @TempDir Path temporary;
  private RocksStore store;
  private DocumentStore db;

  @BeforeEach
  void open() {
    store = RocksStore.open(temporary.resolve("store"));
    db = store.create("db").orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nothingOfPurgedDocumentsStaysOnTheDisk(SplittableRandom random) {
    for (int i = 0; i < DOCUMENTS; i++) {
      grow("d" + i, random);
    }
    if (random.nextBoolean()) {
      db.compact((done, total) -> true);
    }
    assertThat(records(Family.HISTORY)).isPositive();
    for (int i = 0; i < DOCUMENTS; i++) {
      String id = "d" + i;
      while (Reads.document(db, id).isPresent()) {
        List<RevId> some =
            Reads.document(db, id).orElseThrow().leaves().stream().map(Leaf::rev).limit(2).toList();
        assertThat(db.purge(List.of(new PurgeRequest(Writes.id(id), some))).getFirst())
            .hasSameElementsAs(some);
      }
    }
    for (Family family : List.of(Family.HEADS, Family.CHANGES, Family.HISTORY)) {
      assertThat(records(family)).as("%s", family).isZero();
    }
    assertThat(records(Family.BODIES)).isZero();
    assertThat(records(Family.SUPERSEDED)).isZero();
    db.compact((done, total) -> true);
    assertThat(records(Family.CHUNKS)).isZero();
    Sizes sizes = db.sizes();
    assertThat(sizes.external()).isZero();
    assertThat(sizes.active()).isZero();
  }

  /** A document of several long branches, with attachments here and there. */
  private void grow(String id, SplittableRandom random) {
    List<RevId> ends = new ArrayList<>();
    int branches = random.nextInt(1, 5);
    for (int branch = 0; branch < branches; branch++) {
      List<String> path = new ArrayList<>();
      if (!ends.isEmpty()) {
        RevId from = ends.get(random.nextInt(ends.size()));
        Reads.tree(db, id)
            .path(from)
            .orElseThrow()
            .revisions()
            .forEach(rev -> path.add(rev.toString()));
        path.subList(0, random.nextInt(path.size())).clear();
      }
      for (int more = random.nextInt(1, 90); more > 0; more--) {
        path.addFirst((path.size() + 1) + "-b" + branch + "g" + more);
        RevisionWrite.Merge write = Writes.merge(id, path.toArray(String[]::new));
        if (random.nextInt(8) == 0) {
          commitAttached(write, random);
        } else {
          commit(write);
        }
      }
      ends.add(Writes.rev(path.getFirst()));
    }
  }

  private void commit(RevisionWrite write) {
    assertThat(db.commit(List.of(write)).getFirst()).isInstanceOf(Outcome.Written.class);
  }

  private void commitAttached(RevisionWrite.Merge write, SplittableRandom random) {
    byte[] content = {(byte) random.nextInt(4)};
    try (AttachmentStore.Upload upload = db.attachments().begin()) {
      upload.write(content, 0, 1);
      try (AttachmentStore.Pin pin = upload.finish()) {
        AttachmentRef ref =
            new AttachmentRef(
                "f", "x/y", 1, pin.blob(), "md5-x", AttachmentRef.Encoding.IDENTITY, 1, 1);
        commit(
            new RevisionWrite.Merge(
                write.id(), write.path(), write.deleted(), write.body(), List.of(ref)));
      }
    }
  }

  private int records(Family family) {
    int count = 0;
    try (Cursor cursor = store.tables().cursor(family, store.tables().latest())) {
      for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void aPurgeSeesWhatWasWrittenRightBeforeIt() throws InterruptedException {
    RevisionWrite.Edit first = Writes.create("a", "{\"v\":1}");
    commit(first);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "b" + i;
      RevisionWrite write = Writes.create(id, "{}");
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    await(go);
                    db.commit(List.of(write));
                    db.purge(List.of(new PurgeRequest(write.id(), List.of(write.rev()))));
                  }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(records(Family.BODIES)).isEqualTo(1);
    assertThat(Reads.body(db, "a", first.rev())).isEqualTo(Optional.of("{\"v\":1}"));
    assertThat(db.totals().purges()).isEqualTo(8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(Arrays.toString(e.getStackTrace()), e);
    }
  }
}
