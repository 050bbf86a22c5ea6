package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.skerry.document.BlobId;
import org.skerry.document.Body;

/** Databases come and go. */
abstract class LifeContract extends ContractCase {
  LifeContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void aDatabaseIsFoundByItsName() {
    assertThat(db.name()).isEqualTo("db");
    create("a", "{}");
    DocumentStore again = store.find("db").orElseThrow();
    assertThat(again.name()).isEqualTo("db");
    assertThat(again.incarnation()).isEqualTo(db.incarnation()).matches("[0-9a-f]{32}");
    assertThat(Reads.leaves(again, "a")).hasSize(1);
    assertThat(store.find("other")).isEmpty();
    assertThat(store.find("d")).isEmpty();
    assertThat(store.find("db2")).isEmpty();
  }

  @Test
  void aNameIsCreatedOnce() {
    create("a", "{}");
    assertThat(store.create("db")).isEmpty();
    assertThat(Reads.leaves(db, "a")).hasSize(1);
  }

  @Test
  void namesStandInTheOrderOfTheirBytes() {
    List<String> names =
        List.of("_users", "a", "a/b", "aa", "a😀", "db", "db$x", "é", "\uffff", "😀");
    names.reversed().stream().filter(name -> !name.equals("db")).forEach(store::create);
    assertThat(store.names())
        .containsExactly("_users", "a", "a/b", "aa", "a😀", "db", "db$x", "é", "\uffff", "😀");
    assertThat(store.drop("aa")).isTrue();
    assertThat(store.names()).hasSize(9).doesNotContain("aa");
  }

  @Test
  void droppingSaysWhetherThereWasOne() {
    assertThat(store.drop("none")).isFalse();
    assertThat(store.drop("db")).isTrue();
    assertThat(store.drop("db")).isFalse();
    assertThat(store.find("db")).isEmpty();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void aNameCreatedAgainIsEmptyAndAnotherLife() {
    create("a", "{}");
    db.local().put(Writes.id("_local/x"), 0, Body.EMPTY);
    db.properties().put("p", new byte[] {1});
    db.revsLimit(7);
    BlobId blob;
    try (AttachmentStore.Upload upload = db.attachments().begin()) {
      upload.write(new byte[] {1, 2, 3}, 0, 3);
      try (AttachmentStore.Pin pin = upload.finish()) {
        blob = pin.blob();
      }
    }
    store.drop("db");
    DocumentStore again = store.create("db").orElseThrow();
    assertThat(again.incarnation()).isNotEqualTo(db.incarnation());
    assertThat(Reads.scan(again, DocRange.ALL)).isEmpty();
    assertThat(Reads.changes(again, Seq.ZERO)).isEmpty();
    assertThat(again.pending(Seq.ZERO)).isZero();
    assertThat(again.totals()).isEqualTo(Totals.NONE);
    assertThat(again.local().get(Writes.id("_local/x"))).isEmpty();
    assertThat(again.properties().get("p")).isEmpty();
    assertThat(again.attachments().open(blob, 0)).isEmpty();
    assertThat(again.revsLimit()).isEqualTo(1_000);
    assertThat(again.commit(List.of(Writes.create("a", "{}"))).getFirst())
        .isInstanceOf(Outcome.Written.class);
  }

  @Test
  void everyCallToADroppedDatabaseSaysThatItIsGone() {
    create("a", "{}");
    LocalDocuments local = db.local();
    AttachmentStore attachments = db.attachments();
    Properties properties = db.properties();
    AttachmentStore.Upload upload = attachments.begin();
    store.drop("db");
    store.create("db");
    Map<String, ThrowingCallable> calls =
        Map.ofEntries(
            Map.entry("commit", () -> db.commit(List.of(Writes.create("b", "{}")))),
            Map.entry("load", () -> Reads.load(db, Fields.LEAVES, "a")),
            Map.entry("read", () -> Reads.revision(db, "a", Writes.rev("1-a"))),
            Map.entry(
                "missing",
                () ->
                    db.missing(
                        List.of(new RevisionQuery(Writes.id("a"), List.of(Writes.rev("1-a")))),
                        (id, missing, ancestors) -> {})),
            Map.entry("changes", () -> Reads.changes(db, Seq.ZERO)),
            Map.entry("scan", () -> Reads.scan(db, DocRange.ALL)),
            Map.entry("now", db::now),
            Map.entry("pending", () -> db.pending(Seq.ZERO)),
            Map.entry("totals", db::totals),
            Map.entry("sizes", db::sizes),
            Map.entry("revsLimit", db::revsLimit),
            Map.entry("new revsLimit", () -> db.revsLimit(5)),
            Map.entry("compact", () -> db.compact((done, total) -> true)),
            Map.entry("local get", () -> local.get(Writes.id("_local/x"))),
            Map.entry("local put", () -> local.put(Writes.id("_local/x"), 0, Body.EMPTY)),
            Map.entry("local remove", () -> local.remove(Writes.id("_local/x"), 1)),
            Map.entry("local list", () -> local.list(Optional.empty(), 1)),
            Map.entry("property get", () -> properties.get("p")),
            Map.entry("property put", () -> properties.put("p", new byte[0])),
            Map.entry("upload", attachments::begin),
            Map.entry("finish", upload::finish),
            Map.entry("open", () -> attachments.open(BlobId.of(new byte[32]), 0)),
            Map.entry("pin", () -> attachments.pin(BlobId.of(new byte[32]))));
    calls.forEach(
        (name, call) ->
            assertThatThrownBy(call).as(name).isInstanceOf(DatabaseGoneException.class));
    upload.close();
    assertThat(Reads.scan(store.find("db").orElseThrow(), DocRange.ALL)).isEmpty();
  }

  @Test
  void aClosedStoreRefusesCalls() {
    create("a", "{}");
    store.close();
    assertThatThrownBy(store::names).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.find("db")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> db.commit(List.of(Writes.create("b", "{}"))))
        .isInstanceOf(StoreException.class)
        .isNotInstanceOf(DatabaseGoneException.class);
    assertThatThrownBy(() -> Reads.scan(db, DocRange.ALL)).isInstanceOf(StoreException.class);
    store.close();
  }

  @Test
  void settingsOfTheNodeAndOfADatabaseAreApart() {
    DocumentStore other = store.create("other").orElseThrow();
    store.properties().put("name", new byte[] {1});
    db.properties().put("name", new byte[] {2, 2});
    assertThat(store.properties().get("name"))
        .hasValueSatisfying(value -> assertThat(value).containsExactly(1));
    assertThat(db.properties().get("name"))
        .hasValueSatisfying(value -> assertThat(value).containsExactly(2, 2));
    assertThat(other.properties().get("name")).isEmpty();
    assertThat(db.properties().get("nam")).isEmpty();
    assertThat(db.properties().get("name2")).isEmpty();
    db.properties().put("name", new byte[0]);
    assertThat(db.properties().get("name"))
        .hasValueSatisfying(value -> assertThat(value).isEmpty());
  }

  @Test
  void aSettingIsItsOwnCopy() {
    byte[] value = {1, 2, 3};
    db.properties().put("p", value);
    value[0] = 9;
    db.properties().get("p").orElseThrow()[1] = 9;
    assertThat(db.properties().get("p").orElseThrow()).containsExactly(1, 2, 3);
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> db.revsLimit(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(db.revsLimit()).isEqualTo(1_000);
  }

  @Test
  void manyDatabasesStandSideBySide() {
    List<DocumentStore> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      DocumentStore database = store.create("many" + i).orElseThrow();
      database.commit(List.of(Writes.create("d", "{\"i\":" + i + "}")));
      all.add(database);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(Reads.document(all.get(i), "d").orElseThrow().revisions().getFirst().body())
          .hasToString("{\"i\":" + i + "}");
      assertThat(all.get(i).pending(Seq.ZERO)).isEqualTo(1);
    }
    assertThat(all).extracting(DocumentStore::incarnation).doesNotHaveDuplicates();
  }
}
