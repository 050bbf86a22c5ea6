package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine that keeps a folder must keep besides {@link DurableStoreContract}. */
public abstract class FolderStoreContract extends DurableStoreContract {
  @TempDir Path temporary;

  /** Opens the store in the folder, and creates it when the folder is missing or empty. */
  protected abstract Store open(Path folder);

  private Path folder() {
    return temporary.resolve("store");
  }

  @Override
  protected final Store open() {
    return open(folder());
  }

  @Override
  protected final Store reopen(Store store) {
    store.close();
    return open(folder());
  }

  @Nested
  class Copies extends ContractCase {
    Copies() {
      super(FolderStoreContract.this::open);
    }

    @Test
    void aCopyOpensAndStandsAlone() {
      create("a", "{\"v\":1}");
      create("b", "{\"v\":1}");
      store.properties().put("uuid", new byte[] {1});
      Path copy = temporary.resolve("copy");
      store.checkpoint(copy);
      edit("a", Reads.winner(db, "a").rev(), "{\"v\":2}");
      try (Store opened = open(copy)) {
        DocumentStore copied = opened.find("db").orElseThrow();
        assertThat(opened.names()).containsExactly("db");
        assertThat(opened.properties().get("uuid").orElseThrow()).containsExactly(1);
        assertThat(copied.incarnation()).isEqualTo(db.incarnation());
        assertThat(Reads.changes(copied, Seq.ZERO)).hasSize(2);
        assertThat(Reads.document(copied, "a").orElseThrow().revisions().getFirst().body())
            .hasToString("{\"v\":1}");
        copied.commit(List.of(Writes.create("c", "{}")));
      }
      assertThat(Reads.document(db, "c")).isEmpty();
      assertThat(Reads.document(db, "a").orElseThrow().revisions().getFirst().body())
          .hasToString("{\"v\":2}");
    }

    @Test
    void aFolderThatExistsIsNotOverwritten() throws IOException {
      Path taken = Files.createDirectory(temporary.resolve("taken"));
      Files.writeString(taken.resolve("precious"), "keep me");
      assertThatThrownBy(() -> store.checkpoint(taken)).isInstanceOf(StoreException.class);
      assertThat(Files.readString(taken.resolve("precious"))).isEqualTo("keep me");
    }

    @Test
    void twoCannotHaveOneFolder() {
      assertThatThrownBy(() -> open(folder()).close()).isInstanceOf(StoreException.class);
      create("a", "{}");
    }

    @Test
    void aNewStoreMayStandInAnEmptyFolder() {
      Path empty = temporary.resolve("empty");
      try {
        Files.createDirectory(empty);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      try (Store opened = open(empty)) {
        assertThat(opened.names()).isEmpty();
      }
    }
  }
}
