package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.index.Indexes;
import org.skerry.store.ordered.MemoryOrderedStore;

/** The indexes that a node keeps against the definition; and what is only true of them. */
class StoredRowsTest extends QueryDuel {
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());

  @Override
  IndexRows rows() {
    return new StoredRows(indexes);
  }

  @AfterEach
  void closeIndexes() {
    indexes.close();
  }

  private static void put(Database database, String id, String json) {
    database.update(
        new NewRevision(
            DocId.of(id), Optional.empty(), false, Body.parse(json.replace('\'', '"')), List.of()));
  }

  private static void create(Database database, String json) {
    new IndexAdministration(database, Author.SYSTEM).create(IndexRequest.parse(Asked.json(json)));
  }

  private static List<String> ids(Mango mango, Database database, String request)
      throws IOException {
    List<String> ids = new ArrayList<>();
    mango
        .search(database, mango.plan(database, Asked.find(request)))
        .run(found -> ids.add(((Found.Whole) found).id().text()));
    return ids;
  }

  @Test
  void anIndexThatIsNotUpdatedAnswersAsItIs() throws IOException {
    Database database = databases.create("db").orElseThrow();
    Mango mango = new Mango(indexes);
    create(database, "{'index':{'fields':['a']}}");
    put(database, "x", "{'a':1}");
    assertThat(ids(mango, database, "{'selector':{'a':1},'update':false}")).isEmpty();
    assertThat(ids(mango, database, "{'selector':{'a':1}}")).containsExactly("x");
    put(database, "y", "{'a':1}");
    assertThat(ids(mango, database, "{'selector':{'a':1},'stale':'ok'}")).containsExactly("x");
    assertThat(ids(mango, database, "{'selector':{'a':1}}")).containsExactly("x", "y");
  }

  /** Whatever stands in the columns behind those that the query restricts. */
  @Test
  void everyValueOfALaterColumnIsInReach() throws IOException {
    Database database = databases.create("db").orElseThrow();
    Mango mango = new Mango(indexes);
    create(database, "{'index':{'fields':['a','b']}}");
    put(database, "u", "{'a':1,'b':null}");
    put(database, "v", "{'a':1,'b':['z']}");
    put(database, "w", "{'a':1,'b':{}}");
    put(database, "x", "{'a':1,'b':{'x':1}}");
    put(database, "y", "{'a':1,'b':{'\uffff\uffff\uffff\uffff\uffff':{}}}");
    put(database, "z", "{'a':2,'b':null}");
    String selector = "'selector':{'a':1,'b':{'$exists':true}}";
    assertThat(ids(mango, database, "{" + selector + "}")).containsExactly("u", "v", "w", "x", "y");
    assertThat(ids(mango, database, "{" + selector + ",'sort':[{'a':'desc'},{'b':'desc'}]}"))
        .containsExactly("y", "x", "w", "v", "u");
  }

  @Test
  void equalDefinitionsShareAnIndex() throws IOException {
    Database database = databases.create("db").orElseThrow();
    Mango mango = new Mango(indexes);
    create(database, "{'index':{'fields':['a']},'ddoc':'one'}");
    create(database, "{'index':{'fields':[{'a':'desc'}]},'ddoc':'two','name':'other'}");
    create(database, "{'index':{'fields':['b']},'ddoc':'three'}");
    for (String design : List.of("one", "two", "three")) {
      ids(mango, database, "{'selector':{'a':1,'b':1},'use_index':'" + design + "'}");
    }
    assertThat(indexes.signatures(database)).hasSize(2);
  }

  @Test
  void aBookmarkOfAnotherQueryHarmsNobody() throws IOException {
    Database database = databases.create("db").orElseThrow();
    Mango mango = new Mango(indexes);
    create(database, "{'index':{'fields':['a']}}");
    for (int i = 0; i < 5; i++) {
      put(database, "x" + i, "{'a':" + i + "}");
    }
    String early = new Bookmark(Asked.json("[1]"), DocId.of("x1")).toString();
    String late = new Bookmark(Asked.json("[9]"), DocId.of("x1")).toString();
    String other = new Bookmark(Asked.json("'x1'"), DocId.of("x1")).toString();
    String query = "{'selector':{'a':{'$gt':2}},'bookmark':'";
    assertThat(ids(mango, database, query + early + "'}")).containsExactly("x3", "x4");
    assertThat(ids(mango, database, query + other + "'}")).containsExactly("x3", "x4");
    assertThat(ids(mango, database, query + late + "'}")).isEmpty();
    assertThat(ids(mango, database, query + late + "','sort':[{'a':'desc'}]}"))
        .containsExactly("x4", "x3");
  }
}
