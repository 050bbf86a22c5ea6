package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.store.subset.SubsetDocuments;

/** Local documents: versions, not trees. */
abstract class LocalDocumentContract extends ContractCase {
  private static final DocId ID = DocId.of("_local/checkpoint");

  LocalDocumentContract(Callable<Store> opener) {
    super(opener);
  }

  private long put(DocId id, long seen, String json) {
    return db.local().put(id, seen, Body.parse(json)).orElseThrow();
  }

  @Test
  void whatWasPutIsThere() {
    assertThat(db.local().get(ID)).isEmpty();
    long version = put(ID, 0, "{\"seq\": 1.0}");
    assertThat(version).isPositive();
    assertThat(db.local().get(ID))
        .contains(new LocalDocument(ID, version, Body.parse("{\"seq\": 1.0}")));
  }

  @Test
  void onlyWhoSawTheNewestVersionWrites() {
    long first = put(ID, 0, "{\"v\":1}");
    assertThat(db.local().put(ID, 0, Body.EMPTY)).isEmpty();
    assertThat(db.local().put(ID, first + 7, Body.EMPTY)).isEmpty();
    long second = put(ID, first, "{\"v\":2}");
    assertThat(second).isGreaterThan(first);
    assertThat(db.local().put(ID, first, Body.EMPTY)).isEmpty();
    assertThat(db.local().get(ID)).contains(new LocalDocument(ID, second, Body.parse("{\"v\":2}")));
  }

  @Test
  void onlyWhoSawTheNewestVersionRemoves() {
    long first = put(ID, 0, "{}");
    long second = put(ID, first, "{}");
    assertThat(db.local().remove(ID, first)).isFalse();
    assertThat(db.local().get(ID)).isPresent();
    assertThat(db.local().remove(ID, second)).isTrue();
    assertThat(db.local().get(ID)).isEmpty();
    assertThat(db.local().remove(ID, second)).isFalse();
    assertThat(db.local().put(ID, second, Body.EMPTY)).as("it is gone").isEmpty();
    assertThat(put(ID, 0, "{}")).isPositive();
  }

  @Test
  void severalAreWrittenTogetherEachByItself() {
    DocId other = DocId.of("_local/other");
    DocId gone = DocId.of("_local/gone");
    long there = put(gone, 0, "{}");
    put(ID, 0, "{\"v\":1}");
    assertThat(
            db.local()
                .write(
                    List.of(
                        new LocalDocuments.Put(other, 0, Body.parse("{\"v\":1}")),
                        new LocalDocuments.Put(ID, 0, Body.EMPTY),
                        new LocalDocuments.Removal(gone, there),
                        new LocalDocuments.Put(other, 1, Body.parse("{\"v\":2}")),
                        new LocalDocuments.Removal(gone, there))))
        .containsExactly(
            Optional.of(1L), Optional.empty(), Optional.of(0L), Optional.of(2L), Optional.empty());
    assertThat(db.local().get(ID).orElseThrow().body()).hasToString("{\"v\":1}");
    assertThat(db.local().get(other).orElseThrow().body()).hasToString("{\"v\":2}");
    assertThat(db.local().get(gone)).isEmpty();
    assertThat(db.local().write(List.of())).isEmpty();
  }

  @Test
  void theyAreNoDocuments() {
    put(ID, 0, "{}");
    assertThat(Reads.scan(db, DocRange.ALL)).isEmpty();
    assertThat(Reads.load(db, Fields.LEAVES, ID.text())).isEmpty();
    assertThat(db.totals()).isEqualTo(Totals.NONE);
  }

  @Test
  void theyAreListedInTheOrderOfTheirIds() {
    List<String> ids =
        List.of(
            "_local/\0",
            "_local/A",
            "_local/a",
            "_local/a\0",
            "_local/é",
            "_local/\uffff",
            "_local/😀");
    ids.reversed().forEach(id -> put(DocId.of(id), 0, "{\"id\":1}"));
    List<String> all = new ArrayList<>();
    Optional<DocId> after = Optional.empty();
    for (int page = 0; page < 5; page++) {
      List<LocalDocument> found = db.local().list(after, 2);
      found.forEach(document -> all.add(document.id().text()));
      after = found.isEmpty() ? after : Optional.of(found.getLast().id());
    }
    assertThat(all).isEqualTo(ids);
    assertThat(db.local().list(Optional.of(DocId.of("_local/b")), 100))
        .extracting(document -> document.id().text())
        .containsExactly("_local/é", "_local/\uffff", "_local/😀");
    assertThat(db.local().list(Optional.empty(), 0)).isEmpty();
  }

  @Test
  void databasesDoNotShareThem() {
    DocumentStore other = store.create("db2").orElseThrow();
    put(ID, 0, "{\"v\":1}");
    assertThat(other.local().get(ID)).isEmpty();
    assertThat(other.local().list(Optional.empty(), 10)).isEmpty();
    assertThat(other.local().put(ID, 0, Body.parse("{\"v\":2}"))).isPresent();
    assertThat(db.local().get(ID).orElseThrow().body()).hasToString("{\"v\":1}");
  }

  @Test
  void aSitesLocalDocumentsAreItsOwn() {
    db.subsets().keep();
    SubsetDocuments p = new SubsetDocuments(db, "p", db.subsets().feed("p"));
    SubsetDocuments q = new SubsetDocuments(db, "q", db.subsets().feed("q"));
    p.local().put(Writes.id("_local/x"), 0, Body.parse("{\"at\":\"p\"}"));
    assertThat(q.local().get(Writes.id("_local/x"))).isEmpty();
    assertThat(db.local().get(Writes.id("_local/x"))).isEmpty();
    assertThat(p.local().get(Writes.id("_local/x"))).isPresent();
    assertThat(p.local().list(Optional.empty(), 10)).hasSize(1);
    assertThat(q.local().list(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void itIsKnownForWhichSitesSomethingIsHeld() {
    db.subsets().keep();
    for (String site : List.of("p", "p~2", "10~p", "é", "none")) {
      SubsetDocuments part = new SubsetDocuments(db, site, db.subsets().feed(site));
      part.local().put(Writes.id("_local/x"), 0, Body.EMPTY);
      if (!site.equals("none")) {
        part.held().put(Writes.id("_local/00ff"), 0, Body.EMPTY);
        part.held().put(Writes.id("_local/ff00"), 0, Body.EMPTY);
      }
    }
    put(DocId.of("_local/~held~0strange"), 0, "{}");
    assertThat(SubsetDocuments.holding(db)).containsExactlyInAnyOrder("p", "p~2", "10~p", "é");
  }
}
