package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.MemoryStore;

/** Indexes as design documents: listed, created, deleted. */
class IndexCatalogTest {
  private final MemoryStore store = new MemoryStore();
  private final Database database = new Databases(store).create("db").orElseThrow();
  private final IndexCatalog catalog = new IndexCatalog();
  private final IndexAdministration administration =
      new IndexAdministration(database, Author.SYSTEM);

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> names() {
    return catalog.list(database).stream().map(MangoIndex::name).toList();
  }

  private boolean create(String json) {
    return administration.create(IndexRequest.parse(Asked.json(json)));
  }

  private void put(String id, String json) {
    database.update(
        new NewRevision(
            DocId.of(id), Optional.empty(), false, Body.parse(json.replace('\'', '"')), List.of()));
  }

  @Test
  void whatChangesIsSeenAtOnce() {
    assertThat(names()).containsExactly("_all_docs");
    create("{'index':{'fields':['a']},'ddoc':'d','name':'i'}");
    assertThat(names()).containsExactly("_all_docs", "i");
    put("x", "{}");
    assertThat(names()).containsExactly("_all_docs", "i");
    create("{'index':{'fields':['b']},'ddoc':'d','name':'j'}");
    assertThat(names()).containsExactly("_all_docs", "i", "j");
    assertThat(administration.delete("d", "json", "i")).isTrue();
    assertThat(names()).containsExactly("_all_docs", "j");
    assertThat(administration.deleteAll("_design/d")).isTrue();
    assertThat(names()).containsExactly("_all_docs");
    assertThat(administration.deleteAll("_design/d")).isFalse();
  }

  @Test
  void viewsThatDefineNoIndexAreLeftOut() {
    put(
        "_design/d",
        "{'language':'query','views':{"
            + "'text':{'map':'function(doc) {}','options':{}},"
            + "'list':{'map':{'fields':['a']},'options':{}},"
            + "'bare':{'map':{'fields':{'a':'asc'}}},"
            + "'bad':{'map':{'fields':{'a..b':'asc'}},'options':{}},"
            + "'odd':{'map':{'fields':{'a':'asc'},'partial_filter_selector':{'x':{'$no':1}}},"
            + "'options':{}},"
            + "'good':{'map':{'fields':{'a':'asc'}},'options':{}}}}");
    put("_design/e", "{'views':{'i':{'map':{'fields':{'a':'asc'}},'options':{}}}}");
    put("_design/f", "{'language':'query','views':7}");
    assertThat(names()).containsExactly("_all_docs", "good");
  }

  @Test
  void anIndexIsReplacedByItsNamesake() {
    assertThat(create("{'index':{'fields':['a']},'ddoc':'d','name':'i'}")).isTrue();
    assertThat(create("{'index':{'fields':['b']},'ddoc':'d','name':'i'}")).isTrue();
    assertThat(catalog.list(database).getLast().columns()).containsExactly("b");
  }

  @Test
  void theOptionOfPartitionsCannotChange() {
    create("{'index':{'fields':['a']},'ddoc':'d','name':'i','partitioned':false}");
    assertThat(create("{'index':{'fields':['b']},'ddoc':'d','name':'j','partitioned':false}"))
        .isTrue();
    assertThatThrownBy(() -> create("{'index':{'fields':['c']},'ddoc':'d','name':'k'}"))
        .isInstanceOf(MangoException.class)
        .hasMessage(
            "Requested partitioned option does not match existing value on design document"
                + " _design/d");
  }

  @Test
  void onlyTheLatestStay() {
    Recent<Integer, String> recent = new Recent<>(2);
    recent.put(1, "a");
    recent.put(2, "b");
    assertThat(recent.get(1)).contains("a");
    recent.put(3, "c");
    assertThat(recent.get(2)).isEmpty();
    assertThat(recent.get(1)).contains("a");
  }
}
