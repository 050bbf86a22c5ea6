package org.skerry.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditQuery;
import org.skerry.audit.AuditTrail;
import org.skerry.changes.ChangesFeed;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.Writes;
import org.skerry.store.rocksdb.RocksStore;

/** Copies that are checked when they are made and when they are used. */
class BackupTest {
  @TempDir Path temporary;
  private Path data;
  private Path backup;
  private String token = "";

  @BeforeEach
  void createData() {
    data = temporary.resolve("data");
    backup = temporary.resolve("backup");
    try (RocksStore store = RocksStore.open(data)) {
      DocumentStore db = store.create("db").orElseThrow();
      store.create("other").orElseThrow();
      for (int i = 0; i < 20; i++) {
        db.commit(List.of(Writes.create("d" + i, "{\"n\":" + i + "}")));
      }
      token = new ChangesFeed(db).tokens().format(db.now());
    }
  }

  private Path restored() {
    return temporary.resolve("restored");
  }

  @Test
  void aRestoredFolderHasEverythingAndAnotherLife() throws IOException {
    Backup.Written written = Backup.ofFolder(data, backup, "test");
    assertThat(written.files()).isPositive();
    assertThat(Restore.restore(backup, restored())).containsExactly("db", "other");
    try (RocksStore before = RocksStore.open(data);
        RocksStore after = RocksStore.open(restored())) {
      DocumentStore old = before.find("db").orElseThrow();
      DocumentStore db = after.find("db").orElseThrow();
      assertThat(Reads.changes(db, Seq.ZERO)).isEqualTo(Reads.changes(old, Seq.ZERO)).hasSize(20);
      assertThat(db.incarnation()).isNotEqualTo(old.incarnation());
      ChangesFeed feed = new ChangesFeed(db);
      assertThat(feed.tokens().parse(token)).as("a position of the other life").isEqualTo(Seq.ZERO);
      String own = feed.tokens().format(db.now());
      assertThat(feed.tokens().parse(own)).isEqualTo(db.now());
    }
    assertThat(leftOver()).isEmpty();
    assertThat(new AuditTrail(restored().resolve("audit")).read(everything()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo(AuditAction.RESTORED);
              assertThat(event.details()).containsEntry("databases", "2");
            });
  }

  private static AuditQuery everything() {
    return new AuditQuery(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        10);
  }

  private List<Path> leftOver() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.filter(entry -> entry.toString().matches(".*(partial|checkpoint)")).toList();
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Backup.ofFolder(data, backup, "test");
    assertThatThrownBy(() -> Backup.ofFolder(data, backup, "test"))
        .isInstanceOf(BadBackupException.class)
        .hasMessageContaining("not overwritten");
    assertThatThrownBy(() -> Restore.restore(backup, data))
        .isInstanceOf(BadBackupException.class)
        .hasMessageContaining("not overwritten");
    Files.createDirectories(restored());
    assertThat(Restore.restore(backup, restored())).as("an empty folder").hasSize(2);
  }

  @Test
  void aDamagedBackupIsRefusedAndLeavesNothing() throws IOException {
    Backup.ofFolder(data, backup, "test");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(backup)) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.length == 0 ? new byte[] {1} : good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> Restore.restore(backup, restored()))
          .as("%s", file)
          .isInstanceOf(BadBackupException.class);
      Files.delete(file);
      assertThatThrownBy(() -> Restore.restore(backup, restored()))
          .as("%s", file)
          .isInstanceOf(BadBackupException.class);
      Files.write(file, good);
    }
    Files.writeString(backup.resolve("stranger"), "x");
    assertThatThrownBy(() -> Restore.restore(backup, restored()))
        .hasMessageContaining("stranger does not belong to it");
    assertThat(restored()).doesNotExist();
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void whatIsNoBackupOrNoDataIsRefused() {
    assertThatThrownBy(() -> Restore.restore(data, restored()))
        .isInstanceOf(BadBackupException.class)
        .hasMessageContaining("is no backup");
    assertThatThrownBy(() -> Backup.ofFolder(temporary.resolve("nowhere"), backup, "test"))
        .isInstanceOf(BadBackupException.class)
        .hasMessageContaining("no data folder");
    assertThat(temporary.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aRunningNodesFolderIsNotOpenedBehindItsBack() {
    try (RocksStore running = RocksStore.open(data)) {
      assertThatThrownBy(() -> Backup.ofFolder(data, backup, "test"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("open");
      assertThat(running.names()).hasSize(2);
    }
    assertThat(backup).doesNotExist();
  }
}
