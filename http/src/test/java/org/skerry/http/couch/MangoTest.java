package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

class MangoTest {
  private final CouchNode node = new CouchNode();

  @BeforeEach
  void create() {
    node.put("/db", "");
    for (int i = 0; i < 30; i++) {
      node.put(
          String.format("/db/p%02d", i),
          String.format(
              "{\"n\":%d,\"even\":%b,\"name\":{\"first\":\"f%d\",\"last\":\"l\"},\"big\":1.50}",
              i, i % 2 == 0, i % 3));
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private Reply find(String json) {
    return node.post("/db/_find", quoted(json));
  }

  private static List<String> ids(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    reply.json().path("docs").forEach(doc -> ids.add(doc.path("_id").asString("")));
    return ids;
  }

  @Test
  void documentsAreFoundWithoutAnIndex() {
    Reply reply = find("{'selector':{'n':{'$lt':2}}}");
    assertThat(ids(reply)).containsExactly("p00", "p01");
    assertThat(reply.text())
        .startsWith("{\"docs\":[\r\n{\"_id\":\"p00\",\"_rev\":\"1-")
        .contains("\"big\":1.50}")
        .contains("\r\n],\r\n\"bookmark\": \"");
    assertThat(reply.json().path("warning").asString())
        .startsWith("No matching index found, create an index to optimize query time.");
  }

  @Test
  void theLimitIsTwentyFive() {
    assertThat(ids(find("{'selector':{}}"))).hasSize(25);
    assertThat(ids(find("{'selector':{},'limit':100}"))).hasSize(30);
    assertThat(ids(find("{'selector':{},'limit':0}"))).isEmpty();
    assertThat(ids(find("{'selector':{},'skip':28}"))).containsExactly("p28", "p29");
  }

  @Test
  void bookmarksLeadThroughAllPages() {
    List<String> seen = new ArrayList<>();
    String bookmark = "nil";
    for (int page = 0; page < 5; page++) {
      Reply reply = find("{'selector':{'even':true},'limit':4,'bookmark':'" + bookmark + "'}");
      seen.addAll(ids(reply));
      bookmark = reply.json().path("bookmark").asString();
      // What was shown may go meanwhile: nothing is skipped, nothing comes twice.
      if (!ids(reply).isEmpty()) {
        JsonNode last = reply.json().path("docs").get(ids(reply).size() - 1);
        node.delete("/db/" + last.path("_id").asString() + "?rev=" + last.path("_rev").asString());
      }
    }
    assertThat(seen).hasSize(15).doesNotHaveDuplicates().isSorted();
    Reply end = find("{'selector':{'even':true},'bookmark':'" + bookmark + "'}");
    assertThat(ids(end)).isEmpty();
    assertThat(end.json().path("bookmark").asString()).isEqualTo(bookmark);
  }

  @Test
  void nothingFoundHasNoBookmark() {
    assertThat(find("{'selector':{'n':-1}}").json().path("bookmark").asString()).isEqualTo("nil");
    assertThat(find("{'selector':{'$or':[]}}").json().path("docs")).isEmpty();
  }

  @Test
  void fieldsAreShownAsTheyWereWritten() {
    Reply reply =
        find("{'selector':{'n':1},'fields':['big','name.first','_id','missing','name.x']}");
    assertThat(reply.text())
        .contains(quoted("\r\n{'big':1.50,'name':{'first':'f1'},'_id':'p01'}\r\n"));
  }

  @Test
  void designDocumentsAreNotFound() {
    node.put("/db/_design/d", "{\"n\":1}");
    assertThat(ids(find("{'selector':{'n':1}}"))).containsExactly("p01");
  }

  @Test
  void conflictsCanBeFound() {
    node.post(
        "/db/_bulk_docs",
        quoted(
            "{'new_edits':false,'docs':["
                + "{'_id':'c','_rev':'1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'},"
                + "{'_id':'c','_rev':'1-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'}]}"));
    Reply reply = find("{'selector':{'_conflicts':{'$exists':true}},'conflicts':true}");
    assertThat(ids(reply)).containsExactly("c");
    assertThat(reply.text()).contains("\"_conflicts\":[\"1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]");
    assertThat(find("{'selector':{'_id':'c'},'conflicts':true,'fields':['_conflicts']}").text())
        .contains("{\"_conflicts\":[\"1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]}");
    assertThat(ids(find("{'selector':{'_conflicts':{'$exists':true}}}"))).isEmpty();
  }

  @Test
  void statisticsTellWhatItCost() {
    JsonNode stats =
        find("{'selector':{'n':1},'execution_stats':true}").json().path("execution_stats");
    assertThat(stats.path("total_docs_examined").asInt()).isEqualTo(30);
    assertThat(stats.path("total_keys_examined").asInt()).isEqualTo(30);
    assertThat(stats.path("total_quorum_docs_examined").asInt()).isZero();
    assertThat(stats.path("results_returned").asInt()).isEqualTo(1);
    assertThat(stats.path("execution_time_ms").asDouble()).isPositive();
    assertThat(
            find("{'selector':{'n':1},'execution_stats':true,'r':2}")
                .json()
                .path("execution_stats")
                .path("total_quorum_docs_examined")
                .asInt())
        .isEqualTo(30);
  }

  @Test
  void idsNarrowTheScan() {
    Reply reply =
        find(
            "{'selector':{'_id':{'$gt':'p03','$lte':'p05'}},'execution_stats':true,'sort':['_id']}");
    assertThat(ids(reply)).containsExactly("p04", "p05");
    assertThat(reply.json().path("execution_stats").path("total_docs_examined").asInt())
        .isEqualTo(3);
    assertThat(ids(find("{'selector':{'_id':{'$gt':'p26'}},'sort':[{'_id':'desc'}]}")))
        .containsExactly("p29", "p28", "p27");
    assertThat(ids(find("{'selector':{'_id':{'$gt':null}},'limit':1}"))).containsExactly("p00");
    assertThat(ids(find("{'selector':{'_id':{'$lt':5}}}"))).isEmpty();
    assertThat(ids(find("{'selector':{'_id':{'$beginsWith':'p1'}}}"))).hasSize(10);
  }

  @Test
  void pagesRunBackwardsToo() {
    Reply first = find("{'selector':{'_id':{'$gt':'p'}},'sort':[{'_id':'desc'}],'limit':2}");
    assertThat(ids(first)).containsExactly("p29", "p28");
    assertThat(
            ids(
                find(
                    "{'selector':{'_id':{'$gt':'p'}},'sort':[{'_id':'desc'}],'limit':2,"
                        + "'bookmark':'"
                        + first.json().path("bookmark").asString()
                        + "'}")))
        .containsExactly("p27", "p26");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | missing_required_key | Missing required key: selector",
        "{'selector':7} | invalid_selector_json | Selector must be a JSON object, not: 7",
        "{'selector':{'a':{'$no':1}}} | invalid_operator | Invalid operator: $no",
        "{'selector':{},'limit':-1} | invalid_non_neg_integer |"
            + " -1 is not an integer greater than or equal to zero",
        "{'selector':{},'skip':1.2} | invalid_non_neg_integer |"
            + " 1.2 is not an integer greater than or equal to zero",
        "{'selector':{},'sort':{'a':'asc'}} | invalid_sort_json |"
            + " Sort must be an array of sort specs, not: {'a':'asc'}",
        "{'selector':{},'fields':'x'} | invalid_fields |"
            + " Fields must be an array of strings, not: 'x'",
        "{'selector':{},'fields':[2]} | invalid_field | Invalid JSON for field spec: 2",
        "{'selector':{},'fields':['a..b']} | invalid_field_name | Invalid field name: a..b",
        "{'selector':{},'r':0} | invalid_pos_integer | 0 is not an integer greater than zero",
        "{'selector':{},'conflicts':1} | invalid_boolean | Invalid boolean value: 1",
        "{'selector':{},'stale':'no'} | invalid_ok_or_false_value |"
            + " Value for stale is 'no', should be ok or false",
        "{'selector':{},'bookmark':'bad'} | invalid_bookmark | Invalid bookmark value: 'bad'",
        "{'selector':{},'bookmark':7} | invalid_bookmark | Invalid bookmark value: 7",
        "{'selector':{},'use_index':[1]} | invalid_index_name | Invalid index name: [1]",
        "{'selector':{},'partition':'x'} | query_parse_error |"
            + " `partition` parameter is not supported in this database.",
        "{'selector':{},'sorts':[]} | invalid_key | Invalid key sorts for this request.",
        "{'selector':{},'sort':['a']} | no_usable_index |"
            + " No index exists for this sort, try indexing by the sort fields.",
        "{'selector':{},'allow_fallback':false} | invalid_index |"
            + " You must specify an index with the `use_index` parameter.",
        "{'selector':{},'allow_fallback':false,'use_index':'x'} | invalid_index |"
            + " _design/x specified by `use_index` could not be found or it is not suitable.",
      })
  void badQueriesAreNamed(String json, String error, String reason) {
    Reply reply = find(json);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo(error);
    assertThat(reply.json().path("reason").asString()).isEqualTo(quoted(reason));
  }

  @Test
  void anIndexThatIsNotThereIsWarnedOf() {
    assertThat(find("{'selector':{'n':1},'use_index':'x'}").json().path("warning").asString())
        .startsWith(
            "_design/x was not used because it does not contain a valid index for this query.\n");
    assertThat(
            find("{'selector':{'n':1},'use_index':['_design/x','y']}")
                .json()
                .path("warning")
                .asString())
        .startsWith("_design/x, y was not used because it is not a valid index for this query.\n");
  }

  @Test
  void indexesAreDesignDocuments() {
    Reply created =
        node.post(
            "/db/_index",
            quoted(
                "{'index':{'fields':['n'],'partial_filter_selector':{'even':true}},"
                    + "'ddoc':'d','name':'i'}"));
    assertThat(created.compact())
        .isEqualTo(quoted("{'result':'created','id':'_design/d','name':'i'}"));
    assertThat(node.get("/db/_design/d").text())
        .contains(
            quoted(
                "'language':'query','views':{'i':{'map':{'fields':{'n':'asc'},"
                    + "'partial_filter_selector':{'even':{'$eq':true}}},'reduce':'_count',"
                    + "'options':{'def':{'fields':['n'],"
                    + "'partial_filter_selector':{'even':true}}}}}}"));
    assertThat(node.get("/db/_index").compact())
        .isEqualTo(
            quoted(
                "{'total_rows':2,'indexes':[{'ddoc':null,'name':'_all_docs','type':'special',"
                    + "'def':{'fields':[{'_id':'asc'}]}},{'ddoc':'_design/d','name':'i',"
                    + "'type':'json','partitioned':false,'def':{'fields':[{'n':'asc'}],"
                    + "'partial_filter_selector':{'even':{'$eq':true}}}}]}"));
  }

  @Test
  void theSameIndexExists() {
    String json = quoted("{'index':{'fields':['n']},'ddoc':'d','name':'i'}");
    assertThat(node.post("/db/_index", json).json().path("result").asString()).isEqualTo("created");
    assertThat(node.post("/db/_index", json).json().path("result").asString()).isEqualTo("exists");
    String other = quoted("{'index':{'fields':['n']},'ddoc':'d','name':'j'}");
    assertThat(node.post("/db/_index", other).json().path("result").asString())
        .isEqualTo("created");
    assertThat(node.get("/db/_index").json().path("total_rows").asInt()).isEqualTo(3);
  }

  @Test
  void indexesAreDeletedAndComeBack() {
    String json = quoted("{'index':{'fields':['n']},'ddoc':'d','name':'i'}");
    for (String design : List.of("d", "_design/d", "_design%2Fd")) {
      node.post("/db/_index", json);
      assertThat(node.delete("/db/_index/" + design + "/json/i").status())
          .as(design)
          .isEqualTo(200);
      assertThat(node.get("/db/_design/d").status()).isEqualTo(404);
      assertThat(node.delete("/db/_index/" + design + "/json/i").status()).isEqualTo(404);
    }
    assertThat(node.post("/db/_index", json).json().path("result").asString()).isEqualTo("created");
    assertThat(node.delete("/db/_index/d/text/i").status()).isEqualTo(404);
    assertThat(node.delete("/db/_index/d/json/x").status()).isEqualTo(404);
  }

  @Test
  void manyIndexesAreDeletedAtOnce() {
    node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'d','name':'i'}"));
    node.post("/db/_index", quoted("{'index':{'fields':['m']},'ddoc':'d','name':'j'}"));
    Reply reply =
        node.post("/db/_index/_bulk_delete", quoted("{'docids':['_design/d','none'],'w':3}"));
    assertThat(reply.compact())
        .isEqualTo(
            quoted(
                "{'success':[{'id':'_design/d','ok':true}],"
                    + "'fail':[{'id':'_design/none','error':'not_found'}]}"));
    assertThat(node.get("/db/_index").json().path("total_rows").asInt()).isEqualTo(1);
    assertThat(node.post("/db/_index/_bulk_delete", quoted("{'docids':[null]}")).error())
        .isEqualTo("invalid_bulk_docs");
  }

  @Test
  void aDesignDocumentOfAnotherLanguageIsLeftAlone() {
    node.put("/db/_design/d", quoted("{'language':'javascript','views':{}}"));
    Reply reply = node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'d'}"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("invalid_ddoc_lang");
  }

  @Test
  void onlyAdministratorsChangeIndexes() {
    String json = quoted("{'index':{'fields':['n']},'ddoc':'d'}");
    node.put("/db/_security", quoted("{'admins':{'names':['a']},'members':{'names':['a','m']}}"));
    assertThat(node.send(CouchNode.user("m"), Method.POST, "/db/_index", json).status())
        .isEqualTo(403);
    assertThat(node.send(CouchNode.user("m"), Method.GET, "/db/_index", "").status())
        .isEqualTo(200);
    assertThat(node.send(CouchNode.user("a"), Method.POST, "/db/_index", json).status())
        .isEqualTo(200);
    assertThat(node.send(CouchNode.user("x"), Method.POST, "/db/_find", json).status())
        .isEqualTo(403);
  }

  @Test
  void theListIsShownInParts() {
    node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'d'}"));
    assertThat(node.get("/db/_index?limit=1").json().path("indexes")).hasSize(1);
    assertThat(node.get("/db/_index?skip=1").json().path("indexes")).hasSize(1);
    assertThat(node.get("/db/_index?skip=9").json().path("indexes")).isEmpty();
    assertThat(node.get("/db/_index?limit=0").error()).isEqualTo("invalid_list_index_params");
    assertThat(node.get("/db/_index?skip=x").error()).isEqualTo("invalid_list_index_params");
  }

  @Test
  void plansAreExplained() {
    Reply reply = node.post("/db/_explain", quoted("{'selector':{'n':1}}"));
    assertThat(reply.compact())
        .isEqualTo(
            quoted(
                "{'dbname':'db','index':{'ddoc':null,'name':'_all_docs','type':'special',"
                    + "'def':{'fields':[{'_id':'asc'}]}},'partitioned':false,"
                    + "'selector':{'n':{'$eq':1}},'opts':{'use_index':[],'bookmark':'nil',"
                    + "'limit':25,'skip':0,'sort':{},'fields':[],'partition':'','r':1,"
                    + "'conflicts':false,'stale':false,'update':true,'stable':false,"
                    + "'execution_stats':false,'allow_fallback':true},'limit':25,'skip':0,"
                    + "'fields':[],'index_candidates':[],'selector_hints':[{'type':'json',"
                    + "'indexable_fields':['n'],'unindexable_fields':[]}],'mrargs':{"
                    + "'include_docs':true,'view_type':'map','reduce':false,'partition':null,"
                    + "'start_key':null,'end_key':'<MAX>','direction':'fwd','stable':false,"
                    + "'update':true,'conflicts':'undefined'},'covering':false}"));
  }

  @Test
  void anIndexSortsAndPages() {
    node.post("/db/_index", quoted("{'index':{'fields':['even','n']},'ddoc':'d'}"));
    String query = "{'selector':{'even':true,'n':{'$gt':4}},'sort':[{'even':'desc'},{'n':'desc'}],";
    Reply first = find(query + "'limit':3,'execution_stats':true}");
    assertThat(ids(first)).containsExactly("p28", "p26", "p24");
    assertThat(first.json().has("warning")).isFalse();
    assertThat(first.json().path("execution_stats").path("total_docs_examined").asInt())
        .isEqualTo(3);
    String bookmark = first.json().path("bookmark").asString();
    assertThat(ids(find(query + "'limit':2,'skip':1,'bookmark':'" + bookmark + "'}")))
        .containsExactly("p20", "p18");
  }

  @Test
  void anIndexThatCoversAnswersAlone() {
    node.post("/db/_index", quoted("{'index':{'fields':['name.first','n']},'ddoc':'d'}"));
    Reply reply =
        find(
            "{'selector':{'name.first':'f1','n':{'$lt':8}},'fields':['n','_id','name.first'],"
                + "'execution_stats':true}");
    assertThat(reply.text())
        .contains(
            quoted(
                "\r\n{'n':1,'_id':'p01','name':{'first':'f1'}},"
                    + "\r\n{'n':4,'_id':'p04','name':{'first':'f1'}},"
                    + "\r\n{'n':7,'_id':'p07','name':{'first':'f1'}}\r\n"));
    JsonNode stats = reply.json().path("execution_stats");
    assertThat(stats.path("total_docs_examined").asInt()).isZero();
    assertThat(stats.path("total_keys_examined").asInt()).isEqualTo(3);
  }

  @Test
  void aPartialIndexServesWhoNamesIt() {
    node.post(
        "/db/_index",
        quoted("{'index':{'fields':['n'],'partial_filter_selector':{'even':true}},'ddoc':'d'}"));
    assertThat(ids(find("{'selector':{'n':{'$lt':5}},'use_index':'d'}")))
        .containsExactly("p00", "p02", "p04");
    assertThat(ids(find("{'selector':{'n':{'$lt':5}}}"))).hasSize(5);
  }

  @Test
  void manyExaminedForFewFoundAreWarnedOf() {
    node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'d'}"));
    assertThat(
            find("{'selector':{'n':{'$gte':0},'name.last':'none'}}")
                .json()
                .path("warning")
                .asString())
        .isEqualTo(
            "The number of documents examined is high in proportion to the number of results"
                + " returned. Consider adding a more specific index to improve this.");
    assertThat(find("{'selector':{'n':{'$gte':0}}}").json().has("warning")).isFalse();
  }

  private void purge(String id, String rev) {
    Reply purged = node.post("/db/_purge", "{\"" + id + "\":[\"" + rev + "\"]}");
    assertThat(purged.status()).isEqualTo(201);
  }

  @Test
  void whatIsPurgedLeavesTheIndex() {
    node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'by-n'}"));
    String query = "{'selector':{'n':{'$lt':3}},'use_index':'by-n'}";
    assertThat(ids(find(query))).containsExactly("p00", "p01", "p02");
    purge("p01", node.get("/db/p01").json().path("_rev").asString());
    assertThat(ids(find(query))).containsExactly("p00", "p02");
    node.put("/db/p01", "{\"n\":2}");
    assertThat(ids(find(query))).containsExactly("p00", "p01", "p02");
  }

  @Test
  void whenTheWinnerIsPurgedTheNextLeafIsFound() {
    node.post("/db/_index", quoted("{'index':{'fields':['n']},'ddoc':'by-n'}"));
    node.post(
        "/db/_bulk_docs",
        quoted(
            "{'new_edits':false,'docs':[{'_id':'x','_rev':'1-a','n':100},"
                + "{'_id':'x','_rev':'1-b','n':200}]}"));
    String query = "{'selector':{'n':{'$gte':100}},'use_index':'by-n','fields':['n']}";
    assertThat(find(query).compact()).contains("{\"n\":200}");
    purge("x", node.get("/db/x").json().path("_rev").asString());
    assertThat(find(query).compact()).contains("{\"n\":100}").doesNotContain("200");
  }
}
