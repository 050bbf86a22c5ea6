package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.Reads;
import org.skerry.store.StoreException;
import org.skerry.store.Writes;

/** What may stand in a folder, and what is said about everything else. */
class StoreFolderTest {
  @TempDir Path temporary;
  private Path folder;
  private Path format;

  @BeforeEach
  void createStore() {
    folder = temporary.resolve("store");
    format = folder.resolve(StoreFolder.FORMAT_FILE);
    try (RocksStore store = RocksStore.open(folder)) {
      store.create("db").orElseThrow().commit(List.of(Writes.create("a", "{}")));
    }
  }

  private void assertRefused(String... saying) {
    assertThatThrownBy(() -> RocksStore.open(folder).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContainingAll(saying);
  }

  private void assertOpens() {
    try (RocksStore store = RocksStore.open(folder)) {
      assertThat(Reads.leaves(store.find("db").orElseThrow(), "a")).hasSize(1);
    }
  }

  @Test
  @EnabledIf("hasRights")
  void whatIsMadeIsTheNodesOwn() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  static boolean hasRights() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void aFileInTheWayIsCalledOne() throws IOException {
    folder = Files.writeString(temporary.resolve("file"), "notes");
    assertRefused("is a file", "Choose a folder");
  }

  @Test
  void aNewerFormatIsRefusedByNameAndLeftAsItIs() throws IOException {
    String text = Files.readString(format);
    Files.writeString(format, text.replace("format 2", "format 3"));
    assertRefused("format 3", "reads formats 1 to 2", "nothing was changed");
    Files.writeString(format, text);
    assertOpens();
  }

  @Test
  void aStoreOfAnOlderFormatIsOpenedAndSaysThatItIsNewNow() throws IOException {
    String text = Files.readString(format);
    Files.writeString(format, text.replace("format 2", "format 1"));
    assertOpens();
    assertThat(format).hasContent(text);
  }

  @Test
  void aFormatBeforeTheFirstIsRefused() throws IOException {
    Files.writeString(format, Files.readString(format).replace("format 2", "format 0"));
    assertRefused("format 0");
  }

  @Test
  void filesOfTwoStoresAreNotMixed() throws IOException {
    Path other = temporary.resolve("other");
    RocksStore.open(other).close();
    Files.copy(other.resolve(StoreFolder.FORMAT_FILE), format, StandardCopyOption.REPLACE_EXISTING);
    assertRefused("two stores");
  }

  @Test
  void aStoreWhoseDatabaseIsGoneIsNotTakenForANewOne() throws IOException {
    Files.move(folder.resolve(StoreFolder.DATABASE), temporary.resolve("away"));
    assertRefused("lost its database", "checkpoint");
  }

  @Test
  void aDamagedFormatFileIsRefused() throws IOException {
    Files.writeString(format, "skerry sto");
    assertThatThrownBy(() -> RocksStore.open(folder).close()).hasMessageContaining("damaged");
  }

  @Test
  void aFolderWithOtherFilesIsNoStore() throws IOException {
    Path photos = Files.createDirectory(temporary.resolve("photos"));
    Files.writeString(photos.resolve("one.jpg"), "x");
    assertThatThrownBy(() -> RocksStore.open(photos).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no store");
    assertThat(photos).isDirectoryContaining(file -> file.endsWith("one.jpg"));
  }

  @Test
  void aCreationThatWasCutShortIsCompleted() throws IOException {
    Files.delete(format);
    assertOpens();
    assertThat(format).exists();
  }

  @Test
  void aSecondOneIsToldThatTheFolderIsInUse() {
    try (RocksStore first = RocksStore.open(folder)) {
      assertRefused("is open in another process", "Stop that one");
      assertThat(first.names()).containsExactly("db");
    }
    assertOpens();
  }

  @Test
  void aClosedStoreSaysSo() {
    RocksStore store = RocksStore.open(folder);
    var db = store.find("db").orElseThrow();
    store.close();
    store.close();
    assertThatThrownBy(db::now).isInstanceOf(StoreException.class).hasMessageContaining("closed");
    assertThatThrownBy(() -> store.create("x")).hasMessageContaining("closed");
  }
}
