package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocumentStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.StoreFullException;
import org.skerry.store.StoreHealth;
import org.skerry.store.Writes;

class RoomTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong free = new AtomicLong(1_000);
  private final AtomicLong nanos = new AtomicLong();
  private final Room room = new Room(Path.of("folder"), 100, free::get, nanos::get);

  @Test
  void thereIsRoomUntilItIsLessThanMustStay() {
    assertThatCode(room::check).doesNotThrowAnyException();
    free.set(99);
    nanos.addAndGet(SECOND);
    assertThatThrownBy(room::check)
        .isInstanceOf(StoreFullException.class)
        .hasMessageContaining("make room");
    free.set(100);
    nanos.addAndGet(SECOND);
    assertThatCode(room::check).doesNotThrowAnyException();
  }

  @Test
  void theDiskIsNotAskedForEachWrite() {
    free.set(0);
    nanos.addAndGet(1);
    assertThatCode(room::check).doesNotThrowAnyException();
  }

  @Test
  void withoutABoundNothingIsRefused() {
    Room boundless = new Room(Path.of("folder"), 0, () -> 0, nanos::get);
    assertThatCode(boundless::check).doesNotThrowAnyException();
  }

  @Test
  void aStoreWithoutRoomReadsAndPurgesAndSaysSo(@TempDir Path temporary) {
    Path folder = temporary.resolve("store");
    RevisionWrite.Edit before = Writes.create("a", "{}");
    try (RocksStore store = RocksStore.open(folder)) {
      store.create("db").orElseThrow().commit(List.of(before));
      assertThat(store.health()).isEqualTo(StoreHealth.WELL);
    }
    try (RocksStore store =
        RocksStore.open(folder, RocksOptions.DEFAULT.withFreeBytes(Long.MAX_VALUE))) {
      DocumentStore db = store.find("db").orElseThrow();
      assertThatThrownBy(() -> db.commit(List.of(Writes.create("b", "{}"))))
          .isInstanceOf(StoreFullException.class);
      try (AttachmentStore.Upload upload = db.attachments().begin()) {
        assertThatThrownBy(() -> upload.write(new byte[1 << 20], 0, 1 << 20))
            .isInstanceOf(StoreFullException.class);
      }
      assertThat(store.health().state()).isEqualTo(StoreHealth.State.FULL);
      assertThat(Reads.body(db, "a", before.rev())).isEqualTo(Optional.of("{}"));
      List<RevId> revs = List.of(before.rev());
      assertThat(db.purge(List.of(new PurgeRequest(before.id(), revs)))).containsExactly(revs);
    }
  }
}
