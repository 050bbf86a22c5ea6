package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.Writes;

/** Files that were cut off or changed: found out, never answered from. */
class DamageTest {
  private static final int DOCUMENTS = 300;

  @TempDir Path temporary;
  private Path good;
  private List<StoredDocument> expected = List.of();

  @BeforeEach
  void createStore() {
    good = temporary.resolve("good");
    try (RocksStore store = RocksStore.open(good)) {
      DocumentStore db = store.create("db").orElseThrow();
      AttachmentRef photo = attach(db);
      for (int i = 0; i < DOCUMENTS; i++) {
        String json = "{\"n\":" + i + ",\"text\":\"some text that makes the body longer\"}";
        db.commit(
            List.of(
                Writes.edit(
                    "d" + i, Optional.empty(), false, json, i == 0 ? List.of(photo) : List.of())));
      }
      expected = Reads.scan(db, DocRange.ALL);
    }
  }

  private static AttachmentRef attach(DocumentStore db) {
    byte[] bytes = new byte[300_000];
    try (AttachmentStore.Upload upload = db.attachments().begin()) {
      upload.write(bytes, 0, bytes.length);
      try (AttachmentStore.Pin pin = upload.finish()) {
        db.commit(List.of(Writes.edit("photo", Optional.empty(), false, "{}", List.of(ref(pin)))));
        return ref(pin);
      }
    }
  }

  private static AttachmentRef ref(AttachmentStore.Pin pin) {
    return new AttachmentRef(
        "p",
        "x/y",
        1,
        pin.blob(),
        "md5-x",
        AttachmentRef.Encoding.IDENTITY,
        pin.length(),
        pin.length());
  }

  private Path copy(String name) throws IOException {
    return StoreCopies.copy(good, temporary.resolve(name));
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(good.resolve(StoreFolder.DATABASE))) {
      return files.map(Path::getFileName).filter(f -> f.toString().contains(suffix)).toList();
    }
  }

  /** Reads everything; what comes must be right, what cannot be right must be an exception. */
  private void readAll(Path folder) throws IOException {
    try (RocksStore store = RocksStore.open(folder)) {
      DocumentStore db = store.find("db").orElseThrow(() -> new StoreException("no db"));
      assertThat(Reads.scan(db, DocRange.ALL)).isEqualTo(expected);
      assertThat(Reads.changes(db, Seq.ZERO)).hasSize(expected.size());
      List<StoredDocument> loaded = new ArrayList<>();
      db.load(expected.stream().map(StoredDocument::id).toList(), Reads.ALL, loaded::add);
      assertThat(loaded).isEqualTo(expected);
      AttachmentRef photo =
          Reads.document(db, "photo").orElseThrow().revisions().getFirst().attachments().getFirst();
      try (InputStream in = db.attachments().open(photo.blob(), 0).orElseThrow()) {
        assertThat(in.readAllBytes()).hasSize(300_000).containsOnly(0);
      }
    }
  }

  @Test
  void whatIsWholeIsRead() throws IOException {
    readAll(copy("whole"));
    assertThat(files(".sst")).isNotEmpty();
  }

  @Test
  void aChangedByteInATableFileIsNoticed() throws IOException {
    int noticed = 0;
    for (Path file : files(".sst")) {
      Path folder = copy("changed-" + file);
      Path damaged = folder.resolve(StoreFolder.DATABASE).resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      // The first block of data, wherever the rest of the file has its index and footer.
      bytes[Math.min(40, bytes.length / 3)] ^= 1;
      Files.write(damaged, bytes);
      try {
        readAll(folder);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("damaged");
        noticed++;
      }
    }
    assertThat(noticed).isEqualTo(files(".sst").size());
  }

  @Test
  void aTableFileThatWasCutOffOrIsMissingIsNoticed() throws IOException {
    for (Path file : files(".sst")) {
      Path folder = copy("cut-" + file);
      Path damaged = folder.resolve(StoreFolder.DATABASE).resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1));
      assertThatThrownBy(() -> readAll(folder)).as("%s", file).isInstanceOf(StoreException.class);
      Files.delete(damaged);
      assertThatThrownBy(() -> readAll(folder)).as("%s", file).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void damagedDirectoriesOfFilesAreNoticed() throws IOException {
    for (String name : List.of("MANIFEST", "CURRENT")) {
      for (Path file : files(name)) {
        Path folder = copy("cut-" + file);
        Path damaged = folder.resolve(StoreFolder.DATABASE).resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 0x20;
        Files.write(damaged, bytes);
        assertThatThrownBy(() -> readAll(folder)).as("%s", file).isInstanceOf(StoreException.class);
      }
    }
  }

  /**
   * The log's end is what a crash may tear. What remains must be a beginning of what was written.
   */
  @Test
  void aTornLogGivesAPrefixOfTheWrites() throws IOException {
    Path live = temporary.resolve("live");
    List<Path> copies = new ArrayList<>();
    try (RocksStore store = RocksStore.open(live)) {
      DocumentStore db = store.create("db").orElseThrow();
      for (int i = 0; i < 50; i++) {
        db.commit(List.of(Writes.create("d" + i, "{\"n\":" + i + "}")));
      }
      for (int i = 0; i < 8; i++) {
        copies.add(StoreCopies.copy(live, temporary.resolve("torn" + i)));
      }
    }
    int whole = 0;
    for (int i = 0; i < copies.size(); i++) {
      Path log = StoreCopies.newestLog(copies.get(i));
      byte[] bytes = Files.readAllBytes(log);
      Files.write(log, Arrays.copyOf(bytes, bytes.length - i * bytes.length / 9));
      try (RocksStore store = RocksStore.open(copies.get(i))) {
        List<DocId> ids = new ArrayList<>();
        store
            .find("db")
            .ifPresent(db -> Reads.changes(db, Seq.ZERO).forEach(found -> ids.add(found.id())));
        for (int n = 0; n < ids.size(); n++) {
          assertThat(ids.get(n)).isEqualTo(DocId.of("d" + n));
        }
        whole += ids.size() == 50 ? 1 : 0;
      }
    }
    assertThat(whole).as("copies of a running store that lost nothing").isEqualTo(1);
  }

  /** Not so in the middle: what follows was acknowledged, and must not vanish in silence. */
  @Test
  void aChangedByteInTheMiddleOfTheLogIsNoticed() throws IOException {
    Path live = temporary.resolve("live");
    Path copy = temporary.resolve("middle");
    try (RocksStore store = RocksStore.open(live)) {
      DocumentStore db = store.create("db").orElseThrow();
      for (int i = 0; i < 200; i++) {
        String id = "d" + i;
        db.commit(
            Stream.of("a", "b", "c", "d", "e")
                .map(n -> (RevisionWrite) Writes.create(id + n, "{}"))
                .toList());
      }
      StoreCopies.copy(live, copy);
    }
    Path log = StoreCopies.newestLog(copy);
    byte[] bytes = Files.readAllBytes(log);
    assertThat(bytes.length).as("more than two blocks").isGreaterThan(70_000);
    bytes[bytes.length / 3] ^= 4;
    Files.write(log, bytes);
    assertThatThrownBy(() -> RocksStore.open(copy).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("log is damaged", log.getFileName().toString(), "checkpoint");
  }
}
