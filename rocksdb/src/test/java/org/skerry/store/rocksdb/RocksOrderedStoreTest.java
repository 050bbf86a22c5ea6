package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedStore;
import org.skerry.store.ordered.OrderedStoreContract;

class RocksOrderedStoreTest extends OrderedStoreContract {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("indexes");
  }

  @Override
  protected OrderedStore open() {
    return RocksOrderedStore.open(folder());
  }

  private void reopen() {
    store.close();
    store = open();
  }

  @Test
  void whatWasWrittenIsThereAfterwards() {
    put("k", "1");
    OrderedSpace other = store.open("b");
    other.write(new OrderedBatch().put(bytes("k"), bytes("2")));
    store.open("dropped");
    store.drop("dropped");
    reopen();
    assertThat(store.names()).containsExactly("a", "b");
    assertThat(get(store.open("a"), "k")).contains("1");
    assertThat(get(store.open("b"), "k")).contains("2");
  }

  @Test
  void aDroppedSpaceDoesNotComeBack() {
    put("k", "1");
    store.drop("a");
    reopen();
    assertThat(store.names()).isEmpty();
    space = store.open("c");
    assertThat(keys(space)).isEmpty();
    assertThat(keys(store.open("a"))).isEmpty();
  }

  @Test
  void twoCannotHaveOneFolder() {
    assertThatThrownBy(() -> open().close()).isInstanceOf(StoreException.class);
    put("k", "1");
    assertThat(get(space, "k")).contains("1");
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.getFileName().toString().contains(suffix)).toList();
    }
  }

  private void fill() {
    for (int i = 0; i < 500; i++) {
      put("key-" + i, "value of some length, so that there is something to damage " + i);
    }
  }

  @Test
  void aDamagedManifestThrowsEverythingAway() throws IOException {
    fill();
    store.close();
    for (Path manifest : files("MANIFEST")) {
      Files.write(manifest, new byte[] {1, 2, 3});
    }
    store = open();
    assertThat(store.names()).isEmpty();
    assertThat(keys(store.open("a"))).isEmpty();
  }

  @Test
  void aLostFileThrowsEverythingAway() throws IOException {
    fill();
    store.close();
    for (Path table : files(".sst")) {
      Files.delete(table);
    }
    store = open();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void anotherFormatIsThrownAway() {
    fill();
    store.close();
    try (SpaceTables tables = new SpaceTables(folder());
        org.rocksdb.WriteBatch batch = new org.rocksdb.WriteBatch()) {
      batch.put(Keys.database(0), new byte[] {99});
      tables.write(batch);
    } catch (org.rocksdb.RocksDBException e) {
      throw new AssertionError(e);
    }
    store = open();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void aDamagedTableIsTold() throws IOException {
    fill();
    store.close();
    for (Path table : files(".sst")) {
      try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
        for (long at = 0; at < file.length() - 2_000; at += 64) {
          file.seek(at);
          file.write(0x5a);
        }
      }
    }
    // Either opening sees it and throws everything away, or reading does and says so.
    store = open();
    if (!store.names().isEmpty()) {
      OrderedSpace damaged = store.open("a");
      assertThatThrownBy(() -> keys(damaged)).isInstanceOf(DamagedException.class);
      reopen();
    }
    assertThat(store.names()).isEmpty();
  }
}
