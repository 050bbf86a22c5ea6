package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Functions of design documents, as clients meet them. */
@Timeout(300)
class DesignFunctionsTest {
  private static final UserContext NURSE = CouchNode.user("nurse", "ward");

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
    node.put("/db/_security", "{\"members\":{\"roles\":[\"ward\"]}}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Writes a design document with one function. */
  private Reply design(String name, String member, String source) {
    ObjectNode design = JsonNodeFactory.instance.objectNode();
    ObjectNode at = design;
    String[] path = member.split("\\.");
    for (int i = 0; i < path.length - 1; i++) {
      at = at.putObject(path[i]);
    }
    at.put(path[path.length - 1], source);
    return node.put("/db/_design/" + name, design.toString());
  }

  private void validation(String source) {
    assertThat(design("v", "validate_doc_update", source).status()).isEqualTo(201);
  }

  private Reply write(UserContext user, String path, String json) {
    return node.send(user, Method.PUT, path, json);
  }

  private static void assertTold(Reply reply, int status, String error, String reason) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("error").asString()).isEqualTo(error);
    assertThat(reply.json().path("reason").asString()).isEqualTo(reason);
  }

  @Test
  void aValidationRefusesAndAdmits() {
    validation("function (n, o, u) { if (!n.type) throw {forbidden: 'a type, please'} }");
    assertTold(write(NURSE, "/db/a", "{}"), 403, "forbidden", "a type, please");
    assertTold(node.put("/db/a", "{}"), 403, "forbidden", "a type, please");
    assertThat(write(NURSE, "/db/a", "{\"type\":1}").status()).isEqualTo(201);
  }

  @Test
  void aValidationSeesWhatCouchDbShows() {
    validation("function (n, o, u, s) { throw {forbidden: toJSON([n, o, u, s])} }");
    JsonNode seen =
        node.post("/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"v\":1}]}").json().path(0);
    assertThat(seen.path("reason").asString())
        .isEqualTo(
            "[{\"_id\":\"a\",\"v\":1,\"_revisions\":{\"start\":0,\"ids\":[]}},null,"
                + "{\"db\":\"db\",\"name\":\"admin\",\"roles\":[\"_admin\"]},"
                + "{\"members\":{\"roles\":[\"ward\"]}}]");
  }

  @Test
  void aValidationComparesWithWhatWasThere() {
    String rev = node.put("/db/a", "{\"v\":1}").json().path("rev").asString();
    validation(
        "function (n, o) { if (o && !(n.v > o.v)) throw {forbidden: o._rev + n._rev + n._deleted}"
            + " }");
    assertTold(
        node.put("/db/a?rev=" + rev, "{\"v\":1}"), 403, "forbidden", rev + rev + "undefined");
    assertTold(node.delete("/db/a?rev=" + rev), 403, "forbidden", rev + rev + "true");
    assertThat(node.put("/db/a?rev=" + rev, "{\"v\":2}").status()).isEqualTo(201);
    assertThat(node.put("/db/a?rev=" + rev, "{\"v\":0}").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw {unauthorized: \"who\"} | 401 | unauthorized | who",
        "throw {other: \"x\"} | 500 | unknown_error | x",
        "throw \"words\" | 500 | unknown_error | words",
        "throw {forbidden: {a: 1}} | 403 | forbidden | {\"a\":1}",
        "throw new Error(\"e\") | 500 | Error | Error: e (line 1)",
        "n.x.y | 500 | TypeError | TypeError: Cannot read property \"y\" from undefined (line 1)"
      })
  void whatIsThrownBecomesAnAnswer(String body, int status, String error, String reason) {
    validation("function (n) { " + body + " }");
    assertTold(node.put("/db/a", "{}"), status, error, reason);
  }

  @Test
  void allDesignDocumentsValidate() {
    design("a", "validate_doc_update", "function (n) { if (n.a) throw {forbidden: 'a'} }");
    design("b", "validate_doc_update", "function (n) { if (n.b) throw {forbidden: 'b'} }");
    assertTold(node.put("/db/x", "{\"a\":1}"), 403, "forbidden", "a");
    assertTold(node.put("/db/x", "{\"b\":1}"), 403, "forbidden", "b");
    assertThat(node.put("/db/x", "{}").status()).isEqualTo(201);
  }

  @Test
  void aValidationCountsAtOnceAndNoLongerThanItIsThere() {
    assertThat(node.put("/db/a", "{}").status()).isEqualTo(201);
    String no = "function () { throw {forbidden: 'no'} }";
    String rev = design("v", "validate_doc_update", no).json().path("rev").asString();
    assertThat(node.put("/db/b", "{}").status()).isEqualTo(403);
    node.delete("/db/_design/v?rev=" + rev);
    assertThat(node.put("/db/b", "{}").status()).isEqualTo(201);
    node.put("/source", "");
    node.put("/source/_design/w", "{\"validate_doc_update\":\"" + no + "\"}");
    node.post("/_replicate", "{\"source\":\"source\",\"target\":\"db\"}");
    assertThat(node.put("/db/c", "{}").status()).isEqualTo(403);
  }

  @Test
  void aValidationThatWasPurgedCountsNoLonger() {
    String rev =
        design("v", "validate_doc_update", "function () { throw {forbidden: 'no'} }")
            .json()
            .path("rev")
            .asString();
    assertThat(node.put("/db/b", "{}").status()).isEqualTo(403);
    node.post("/db/_purge", "{\"_design/v\":[\"" + rev + "\"]}");
    assertThat(node.put("/db/b", "{}").status()).isEqualTo(201);
  }

  @Test
  void aDesignDocumentMayHoldNumbersOfAnyLength() {
    String json = "{\"n\":" + "1".repeat(2_000) + "}";
    assertThat(node.put("/db/_design/d", json).status()).isEqualTo(201);
    assertThat(node.put("/db/a", "{}").status()).isEqualTo(201);
  }

  @Test
  void designAndLocalDocumentsAreNotValidated() {
    validation("function () { throw {forbidden: 'no'} }");
    assertThat(node.put("/db/_local/x", "{}").status()).isEqualTo(201);
    assertThat(design("w", "filters.f", "function () {}").status()).isEqualTo(201);
  }

  @Test
  void replicatedDocumentsAreValidated() {
    validation("function (n) { if (n.bad) throw {forbidden: n._rev} }");
    node.put("/source", "");
    node.post("/source/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"bad\":1},{\"_id\":\"b\"}]}");
    JsonNode run = node.post("/_replicate", "{\"source\":\"source\",\"target\":\"db\"}").json();
    assertThat(run.path("history").path(0).path("doc_write_failures").asInt()).isEqualTo(1);
    assertThat(run.path("history").path(0).path("docs_written").asInt()).isEqualTo(1);
    JsonNode rows =
        node.post(
                "/db/_bulk_docs",
                "{\"new_edits\":false,\"docs\":[{\"_id\":\"x\",\"_rev\":\"3-abc\",\"bad\":1}]}")
            .json();
    assertThat(rows.path(0).path("error").asString()).isEqualTo("forbidden");
    assertThat(rows.path(0).path("reason").asString()).startsWith("3-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"views\":{\"v\":{\"map\":\"function (doc) {\"}}} | compilation_error | Compilation of"
            + " the map function in the 'v' view failed",
        "{\"views\":{\"v\":{\"map\":\"function (doc) {}\",\"reduce\":\"3\"}}} | compilation_error |"
            + " Compilation of the reduce function in the 'v' view failed",
        "{\"views\":{\"v\":{\"map\":\"function (doc) {}\",\"reduce\":\"_odd\"}}} |"
            + " invalid_design_doc | `_odd` is not a supported reduce function.",
        "{\"views\":{\"v\":{}}} | invalid_design_doc | View `v` must contain map function",
        "{\"views\":{\"v\":{\"map\":3}}} | invalid_design_doc | `views.v.map` field must have"
            + " string type",
        "{\"views\":3} | invalid_design_doc | `views` field must have object type",
        "{\"validate_doc_update\":{}} | invalid_design_doc | `validate_doc_update` field must have"
            + " string type",
        "{\"filters\":{\"f\":1}} | invalid_design_doc | `filters.f` field must have string or"
            + " object type",
        "{\"language\":1} | invalid_design_doc | `language` field must have string type"
      },
      quoteCharacter = '\u0001')
  void aDesignDocumentThatCannotWorkIsRefused(String json, String error, String reason) {
    Reply reply = node.put("/db/_design/d", json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asString()).isEqualTo(error);
    assertThat(reply.json().path("reason").asString()).startsWith(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"views\":{\"lib\":{\"x\":\"exports.a = 1\"},\"v\":{\"map\":\"doc =>"
            + " emit(1)\",\"reduce\":\"_sum\"}}}",
        "{\"language\":\"erlang\",\"views\":{\"v\":{\"map\":\"fun\"}}}",
        "{\"language\":\"query\",\"views\":{\"v\":{\"map\":{\"fields\":{}}}}}",
        "{\"rewrites\":[],\"shows\":{\"s\":\"function\"},\"validate_doc_update\":\"odd\"}"
      })
  void whatCouchDbAcceptsIsAccepted(String json) {
    assertThat(node.put("/db/_design/d", json).status()).isEqualTo(201);
  }

  @Test
  void aReplicatedDesignDocumentIsKeptWhateverItsFunctionsAre() {
    JsonNode rows =
        node.post(
                "/db/_bulk_docs",
                "{\"new_edits\":false,\"docs\":[{\"_id\":\"_design/d\",\"_rev\":\"1-abc\","
                    + "\"views\":{\"v\":{\"map\":\"function (doc) { class A {} }\"}}}]}")
            .json();
    assertThat(rows).isEmpty();
    assertThat(node.get("/db/_design/d").status()).isEqualTo(200);
  }

  private List<String> changes(String query) {
    List<String> ids = new ArrayList<>();
    node.get("/db/_changes?" + query)
        .json()
        .path("results")
        .forEach(row -> ids.add(row.path("id").asString()));
    return ids;
  }

  @Test
  void filtersChooseChanges() {
    node.post(
        "/db/_bulk_docs",
        "{\"docs\":[{\"_id\":\"a\",\"n\":1},{\"_id\":\"b\",\"n\":5},{\"_id\":\"c\",\"n\":9}]}");
    design("f", "filters.least", "function (doc, req) { return doc.n >= +req.query.n }");
    assertThat(changes("filter=f/least&n=5")).containsExactly("b", "c");
    assertThat(changes("filter=f/least&n=5&limit=1")).containsExactly("b");
    design("w", "views.v.map", "function (doc) { if (doc.n === 9) emit(null) }");
    assertThat(changes("filter=_view&view=w/v")).containsExactly("c");
    Reply lines = node.get("/db/_changes?filter=f/least&n=9&feed=continuous&timeout=0");
    assertThat(lines.text()).contains("\"id\":\"c\"").doesNotContain("\"id\":\"a\"");
  }

  @Test
  void aFilterSeesTheRequest() {
    node.put("/db/a", "{}");
    design(
        "f",
        "filters.see",
        "function (doc, req) { throw ['error', 'bad_request', toJSON([req.method, req.path,"
            + " req.query, req.userCtx, req.headers, req.info.db_name, req.cookie, req.id,"
            + " req.peer, req.secObj.members.roles, doc._id])] }");
    Reply reply =
        node.send(
            NURSE,
            Method.GET,
            "/db/_changes?filter=f/see&x=1",
            "",
            Map.of("X-Site", "island", "Authorization", "Basic secret", "Cookie", "a=b"));
    assertThat(reply.json().path("reason").asString())
        .isEqualTo(
            "[\"GET\",[\"db\",\"_changes\"],{\"filter\":\"f/see\",\"x\":\"1\"},"
                + "{\"db\":\"db\",\"name\":\"nurse\",\"roles\":[\"ward\"]},"
                + "{\"X-Site\":\"island\"},\"db\",{\"a\":\"b\"},null,\"127.0.0.1\",[\"ward\"],"
                + "\"a\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter=nope/x | 404 | missing",
        "filter=f/nope | 404 | missing json key: nope",
        "filter=_view&view=f/nope | 404 | missing json key: views",
        "filter=odd | 400 | `filter` must be of the form `designname/filtername`",
        "filter=_view | 400 | `view` must be of the form `designname/viewname`",
        "filter=f/broken | 500 | SyntaxError: syntax error (line 1 of filters.broken)"
      })
  void aFilterThatIsNotThereIsNamed(String query, int status, String reason) {
    node.put(
        "/db/_design/f",
        "{\"filters\":{\"f\":\"function () {}\",\"broken\":\"function () { + }\"}}");
    Reply reply = node.get("/db/_changes?" + query);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("reason").asString()).isEqualTo(reason);
  }

  @Test
  void aReplicationTakesWhatItsFilterChooses() {
    node.post("/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"n\":1},{\"_id\":\"b\",\"n\":5}]}");
    design("f", "filters.is", "function (doc, req) { return doc.n == req.query.n }");
    node.put("/target", "");
    Reply reply =
        node.post(
            "/_replicate",
            "{\"source\":\"db\",\"target\":\"target\",\"filter\":\"f/is\",\"query_params\":{\"n\":5}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(node.get("/target/a").status()).isEqualTo(404);
    assertThat(node.get("/target/b").status()).isEqualTo(200);
    Reply missing =
        node.post("/_replicate", "{\"source\":\"db\",\"target\":\"target\",\"filter\":\"f/none\"}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.json().path("reason").asString()).contains("no filter function f/none");
  }

  @Test
  void anUpdateWritesWhatItReturns() {
    design(
        "u",
        "updates.count",
        "function (doc, req) { if (!doc) doc = {_id: req.id || req.uuid, n: 0}; doc.n++;"
            + " return [doc, 'now ' + doc.n] }");
    Reply made = node.put("/db/_design/u/_update/count/a/b", "");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text()).isEqualTo("now 1");
    assertThat(made.headers().get("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(node.put("/db/_design/u/_update/count/a/b", "").text()).isEqualTo("now 2");
    assertThat(node.get("/db/a%2Fb").json().path("n").asInt()).isEqualTo(2);
    assertThat(node.post("/db/_design/u/_update/count", "").status()).isEqualTo(201);
    assertThat(node.get("/db").json().path("doc_count").asInt()).isEqualTo(3);
  }

  @Test
  void anUpdateDescribesItsAnswer() {
    design("u", "updates.say", "function (doc, req) { return [null, JSON.parse(req.body)] }");
    String path = "/db/_design/u/_update/say";
    Reply json = node.post(path, "{\"code\":202,\"json\":{\"a\":[1]},\"headers\":{\"X-Y\":\"z\"}}");
    assertThat(json.status()).isEqualTo(202);
    assertThat(json.text()).isEqualTo("{\"a\":[1]}\n");
    assertThat(json.headers().get("Content-Type")).isEqualTo("application/json");
    Reply binary =
        node.post(path, "{\"base64\":\"aGk=\",\"headers\":{\"content-type\":\"text/x\"}}");
    assertThat(binary.status()).isEqualTo(200);
    assertThat(binary.text()).isEqualTo("hi");
    assertThat(binary.headers().get("Content-Type")).isEqualTo("text/x");
    assertThat(node.post(path, "{\"odd\":1}").status()).isEqualTo(500);
    assertThat(node.post(path, "{\"headers\":{\"a\":\"b\\r\\nc: d\"}}").status()).isEqualTo(500);
    assertThat(node.post(path, "{\"code\":7}").status()).isEqualTo(500);
  }

  @Test
  void anUpdateObeysTheRulesOfWriting() {
    validation("function (n) { if (n.bad) throw {forbidden: 'bad'} }");
    design("u", "updates.make", "function (doc, req) { return [JSON.parse(req.body), 'ok'] }");
    String path = "/db/_design/u/_update/make";
    assertTold(node.post(path, "{\"_id\":\"a\",\"bad\":1}"), 403, "forbidden", "bad");
    assertThat(node.post(path, "{}").status()).isEqualTo(400);
    assertThat(node.post(path, "{\"_id\":\"_local/x\"}").status()).isEqualTo(400);
    assertThat(node.post(path, "{\"_id\":\"a\",\"_odd\":1}").status()).isEqualTo(400);
    assertThat(node.post(path, "{\"_id\":\"a\"}").status()).isEqualTo(201);
    assertThat(node.post(path, "{\"_id\":\"a\"}").status()).isEqualTo(409);
    assertThat(node.send(NURSE, Method.POST, path, "{\"_id\":\"_design/x\"}").status())
        .isEqualTo(403);
  }

  @Test
  void anUpdateThatFailsSaysWhy() {
    design("u", "updates.fail", "function () { throw ['error', 'not_found', 'nobody'] }");
    assertTold(node.post("/db/_design/u/_update/fail", ""), 404, "not_found", "nobody");
    assertTold(
        node.post("/db/_design/u/_update/none", ""), 404, "not_found", "missing json key: none");
    assertTold(node.post("/db/_design/x/_update/none", ""), 404, "not_found", "missing");
    assertThatThrownBy(() -> node.get("/db/_design/u/_update/fail"))
        .isInstanceOfSatisfying(HttpProblem.class, e -> assertThat(e.status()).isEqualTo(405));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_show/s", "_show/s/doc", "_list/l/v", "_rewrite", "_rewrite/a/b"})
  void obsoleteFunctionsAreRefused(String path) {
    Reply reply = node.get("/db/_design/d/" + path);
    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.json().path("error").asString()).isEqualTo("not_implemented");
  }
}
