package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.AttachmentRef;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.StoredDocument;
import org.skerry.store.Writes;

/** Attachments come, are named, forgotten and named again while compactions sweep. */
class SweepUnderWritesTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 100;

  @TempDir Path temporary;

  @Test
  void whatIsNamedIsNeverSwept() throws Exception {
    try (RocksStore store = RocksStore.open(temporary.resolve("store"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      DocumentStore db = store.create("db").orElseThrow();
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> write(db, "d" + number)));
      }
      while (!writers.stream().allMatch(Future::isDone)) {
        db.compact((done, total) -> true);
      }
      for (Future<Boolean> writer : writers) {
        assertThat(writer.get()).isTrue();
      }
      db.compact((done, total) -> true);
      for (StoredDocument document : Reads.scan(db, DocRange.ALL)) {
        assertWhole(db, document.revisions().getFirst().attachments().getFirst());
      }
      assertThat(db.sizes().external()).isLessThan(10_000L * 2 * WRITERS);
    }
  }

  /** Half of the contents are the same for all writers, so that one forgets what another names. */
  private static boolean write(DocumentStore db, String id) throws IOException {
    Optional<RevId> parent = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = new byte[10_000];
      content[0] = (byte) (round % 3);
      content[1] = round % 2 == 0 ? 0 : (byte) id.hashCode();
      try (AttachmentStore.Upload upload = db.attachments().begin()) {
        upload.write(content, 0, content.length);
        try (AttachmentStore.Pin pin = upload.finish()) {
          AttachmentRef ref =
              new AttachmentRef(
                  "f",
                  "x/y",
                  1,
                  pin.blob(),
                  "md5-x",
                  AttachmentRef.Encoding.IDENTITY,
                  10_000,
                  10_000);
          RevisionWrite.Edit edit =
              Writes.edit(id, parent, false, "{\"round\":" + round + "}", List.of(ref));
          assertThat(db.commit(List.of(edit)).getFirst()).isInstanceOf(Outcome.Written.class);
          parent = Optional.of(edit.rev());
          assertWhole(db, ref);
        }
      }
    }
    return true;
  }

  private static void assertWhole(DocumentStore db, AttachmentRef ref) throws IOException {
    try (InputStream in = db.attachments().open(ref.blob(), 0).orElseThrow()) {
      assertThat(in.readAllBytes()).hasSize(10_000);
    }
  }
}
