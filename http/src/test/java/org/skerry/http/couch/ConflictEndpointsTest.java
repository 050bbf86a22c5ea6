package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.audit.AuditAction;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

/** The work-list of conflicts and what is done about them. */
class ConflictEndpointsTest {
  private static final UserContext NURSE = CouchNode.user("nurse", "ward");
  private static final UserContext STRANGER = CouchNode.user("stranger");
  private static final String MERGE =
      "{\"rules\":[{\"name\":\"all\",\"selector\":{},\"method\":\"merge\"}]}";

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void create() {
    node.put("/db", "");
    node.put(
        "/db/_security", "{\"members\":{\"roles\":[\"ward\"]},\"admins\":{\"names\":[\"head\"]}}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** A document with two leaves that follow the same revision. */
  private void conflict(String id, String base, String one, String other) {
    String rev = node.put("/db/" + id, base).json().path("rev").asString();
    String hash = rev.substring(2);
    node.put("/db/" + id + "?rev=" + rev, one);
    String revisions =
        "\"_revisions\":{\"start\":2,\"ids\":[\"00000000000000000000000000000001\",\""
            + hash
            + "\"]}";
    node.put(
        "/db/" + id + "?new_edits=false",
        other.substring(0, other.length() - 1)
            + ",\"_rev\":\"2-00000000000000000000000000000001\","
            + revisions
            + "}");
  }

  private void patient(String id) {
    conflict(
        id,
        "{\"resourceType\":\"Patient\",\"name\":\"Ann\",\"gender\":\"male\"}",
        "{\"resourceType\":\"Patient\",\"name\":\"Anne\",\"gender\":\"female\"}",
        "{\"resourceType\":\"Patient\",\"name\":\"Anna\",\"gender\":\"male\",\"active\":true}");
  }

  private String leaves(String id) {
    JsonNode leaves = node.get("/db/_conflicts/" + id).json().path("leaves");
    return "[\""
        + leaves.path(0).path("rev").asString()
        + "\",\""
        + leaves.path(1).path("rev").asString()
        + "\"]";
  }

  private Reply settle(String id, String wish) {
    return node.post("/db/_conflicts/" + id, "{\"leaves\":" + leaves(id) + "," + wish + "}");
  }

  @Test
  void conflictsAreCountedAndListed() {
    patient("Patient%2F1");
    conflict("x", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    JsonNode list = node.get("/db/_conflicts").json();
    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("kinds").path("Patient").asInt()).isEqualTo(1);
    assertThat(node.get("/db").json().path("conflict_count").asInt()).isEqualTo(2);
    JsonNode row = node.get("/db/_conflicts?kind=Patient").json().path("rows").path(0);
    assertThat(row.path("id").asString()).isEqualTo("Patient/1");
    assertThat(row.path("pattern").asString()).isEqualTo("/name");
    assertThat(row.path("state").asString()).isEqualTo("open");
    assertThat(node.get("/db/_conflicts?min_age=3600").json().path("matching").asInt()).isZero();
    assertThat(node.get("/db/_conflicts?pattern=/a").json().path("matching").asInt()).isEqualTo(1);
    assertThat(node.get("/db/_conflicts?state=held").json().path("rows").size()).isZero();
  }

  @Test
  void pagesFollowTheirBookmarks() {
    for (int i = 0; i < 5; i++) {
      conflict("x" + i, "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }
    JsonNode page = node.get("/db/_conflicts?limit=3").json();
    assertThat(page.path("rows").size()).isEqualTo(3);
    String bookmark = page.path("bookmark").asString();
    JsonNode next = node.get("/db/_conflicts?limit=3&bookmark=" + bookmark).json();
    assertThat(next.path("rows").size()).isEqualTo(2);
    assertThat(next.has("bookmark")).isFalse();
    assertThat(node.get("/db/_conflicts?skip=4").json().path("rows").size()).isEqualTo(1);
    JsonNode back = node.get("/db/_conflicts?limit=2&descending=true").json();
    assertThat(back.path("rows").size()).isEqualTo(2);
    assertThat(node.get("/db/_conflicts?bookmark=nonsense").status()).isEqualTo(400);
    assertThat(node.get("/db/_conflicts?state=nonsense").status()).isEqualTo(400);
  }

  @Test
  void oneConflictShowsAncestorLeavesAndDifferences() {
    patient("Patient%2F1");
    JsonNode conflict = node.get("/db/_conflicts/Patient%2F1").json();
    assertThat(conflict.path("ancestor").path("doc").path("name").asString()).isEqualTo("Ann");
    assertThat(conflict.path("leaves").size()).isEqualTo(2);
    assertThat(conflict.path("leaves").path(0).path("winner").asBoolean()).isTrue();
    JsonNode name = member(conflict, "/name");
    assertThat(name.path("open").asBoolean()).isTrue();
    assertThat(name.has("result")).isFalse();
    JsonNode active = member(conflict, "/active");
    assertThat(active.path("result").asBoolean()).isTrue();
    assertThat(active.path("from").path(0).asString())
        .isEqualTo("2-00000000000000000000000000000001");
    assertThat(active.path("absent").size()).isEqualTo(2);
    assertThat(conflict.path("proposal").path("complete").asBoolean()).isFalse();
    assertThat(node.get("/db/_conflicts/nobody").status()).isEqualTo(404);
  }

  private static JsonNode member(JsonNode conflict, String path) {
    for (JsonNode member : conflict.path("members")) {
      if (member.path("path").asString().equals(path)) {
        return member;
      }
    }
    throw new AssertionError("no member " + path + " in " + conflict);
  }

  @Test
  void aPersonChooses() {
    patient("Patient%2F1");
    Reply reply = settle("Patient%2F1", "\"choose\":\"2-00000000000000000000000000000001\"");
    assertThat(reply.status()).isEqualTo(201);
    JsonNode now = node.get("/db/Patient%2F1").json();
    assertThat(now.path("name").asString()).isEqualTo("Anna");
    assertThat(now.path("_rev").asString()).isEqualTo(reply.json().path("settlement").asString());
    assertThat(node.get("/db").json().path("conflict_count").asInt()).isZero();
  }

  @Test
  void aPersonMergesAndDigitsAreKept() {
    patient("Patient%2F1");
    assertThat(settle("Patient%2F1", "\"members\":{}").reason()).contains("/name");
    assertThat(settle("Patient%2F1", "\"members\":{\"/nobody\":{\"remove\":true}}").status())
        .isEqualTo(400);
    Reply reply =
        settle(
            "Patient%2F1",
            "\"members\":{\"/name\":{\"value\":1.10},\"/active\":{\"remove\":true}}");
    assertThat(reply.status()).isEqualTo(201);
    String text = node.get("/db/Patient%2F1").text();
    assertThat(text).contains("\"name\":1.10").contains("female").doesNotContain("active");
  }

  @Test
  void aPersonEdits() {
    patient("Patient%2F1");
    Reply reply = settle("Patient%2F1", "\"doc\":{\"_id\":\"Patient/1\",\"n\":1.00}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(node.get("/db/Patient%2F1").text()).contains("\"n\":1.00").doesNotContain("Ann");
  }

  @Test
  void wishesWithoutMeaningAreRefused() {
    patient("Patient%2F1");
    assertThat(settle("Patient%2F1", "\"choose\":\"1-00\"").status()).isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"choose\":1").status()).isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"doc\":{\"_x\":1}").status()).isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"doc\":[]").status()).isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"members\":{\"name\":\"1-00\"}").status()).isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"members\":{\"/name\":{\"val\":1}}").status())
        .isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"comment\":1,\"doc\":{}").status()).isEqualTo(400);
    assertThat(node.post("/db/_conflicts/Patient%2F1", "{\"choose\":\"1-00\"}").status())
        .isEqualTo(400);
    assertThat(settle("Patient%2F1", "\"doc\":{\"_attachments\":{\"a\":{\"data\":\"\"}}}").status())
        .isEqualTo(400);
    for (String none : new String[] {"null", "[]", "5", "\"a\""}) {
      assertThat(settle("Patient%2F1", "\"doc\":{\"_attachments\":" + none + "}").status())
          .as("takes no attachment away: " + none)
          .isEqualTo(400);
    }
    assertThat(settle("Patient%2F1", "\"doc\":{\"_attachments\":{\"a\":{\"stub\":true}}}").status())
        .isEqualTo(400);
    assertThat(node.get("/db").json().path("conflict_count").asInt()).isEqualTo(1);
  }

  @Test
  void whoSawOtherLeavesHearsWhichStandThere() {
    patient("Patient%2F1");
    String seen = leaves("Patient%2F1");
    node.put(
        "/db/Patient%2F1?rev=2-00000000000000000000000000000001",
        "{\"resourceType\":\"Patient\",\"name\":\"Hanna\"}");
    Reply reply = node.post("/db/_conflicts/Patient%2F1", "{\"leaves\":" + seen + ",\"doc\":{}}");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("leaves").path(0).asString()).startsWith("3-");
  }

  @Test
  void rulesAboutWritingHold() {
    patient("Patient%2F1");
    node.put(
        "/db/_design/rules",
        "{\"validate_doc_update\":\"function (doc) { if (doc.name === 'Nobody') {"
            + " throw {forbidden: 'a name, please'}; } }\"}");
    Reply reply = settle("Patient%2F1", "\"doc\":{\"name\":\"Nobody\"}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.reason()).isEqualTo("a name, please");
    assertThat(node.get("/db").json().path("conflict_count").asInt()).isEqualTo(1);
  }

  @Test
  void manyAreSettledByOneRule() {
    patient("p1");
    patient("p2");
    Reply reply =
        node.post(
            "/db/_conflicts/_settle",
            "{\"docs\":[{\"id\":\"p1\",\"leaves\":"
                + leaves("p1")
                + "},{\"id\":\"p2\",\"leaves\":[\"1-00\"]},{\"id\":\"p3\"}],"
                + "\"rule\":{\"method\":\"merge\",\"members\":{\"/name\":\"winner\"}}}");
    JsonNode results = reply.json().path("results");
    assertThat(results.path(0).path("ok").asBoolean()).isTrue();
    assertThat(results.path(1).path("error").asString()).isEqualTo("conflict");
    assertThat(results.path(2).path("error").asString()).isEqualTo("not_found");
    Reply open =
        node.post(
            "/db/_conflicts/_settle",
            "{\"docs\":[{\"id\":\"p2\"}],\"rule\":{\"method\":\"merge\"}}");
    assertThat(open.json().path("results").path(0).path("error").asString()).isEqualTo("open");
    assertThat(
            node.post("/db/_conflicts/_settle", "{\"docs\":[{\"id\":\"p2\"}],\"rule\":{}}")
                .status())
        .isEqualTo(400);
    assertThat(node.post("/db/_conflicts/_settle", "{\"docs\":[{}]}").status()).isEqualTo(400);
  }

  @Test
  void aDryRunSaysWhatWouldBeSettledAndWritesNothing() {
    patient("p1");
    patient("p2");
    conflict("free", "{\"a\":1}", "{\"a\":1,\"b\":[1.50]}", "{\"a\":1,\"c\":2}");
    String rest =
        "\"docs\":[{\"id\":\"p1\"},{\"id\":\"free\"},{\"id\":\"p2\",\"leaves\":[\"1-00\"]},{\"id\":\"no\"}],"
            + "\"rule\":{\"method\":\"merge\"}}";
    Reply reply = node.post("/db/_conflicts/_settle", "{\"dry_run\":true," + rest);
    assertThat(reply.json().path("dry_run").asBoolean()).isTrue();
    JsonNode rows = reply.json().path("results");
    assertThat(rows.path(0).path("error").asString()).isEqualTo("open");
    JsonNode plan = rows.path(1);
    assertThat(plan.path("ok").asBoolean()).isTrue();
    assertThat(plan.path("differing").asInt()).isEqualTo(2);
    assertThat(plan.path("members").toString()).contains("\"/b\"", "\"/c\"");
    assertThat(reply.text()).as("digits stay").contains("[1.50]");
    assertThat(rows.path(2).path("error").asString()).isEqualTo("conflict");
    assertThat(rows.path(3).path("error").asString()).isEqualTo("not_found");
    assertThat(node.get("/db/_conflicts").json().path("total").asInt()).isEqualTo(3);
    assertThat(node.audited(AuditAction.CONFLICT_SETTLED)).isEmpty();

    JsonNode done = node.post("/db/_conflicts/_settle", "{" + rest).json().path("results").path(1);
    assertThat(done.path("rev").asString())
        .as("the revision that was foretold")
        .isEqualTo(plan.path("rev").asString());
    assertThat(node.post("/db/_conflicts/_settle", "{\"dry_run\":1," + rest).status())
        .isEqualTo(400);
  }

  @Test
  void veryManyVersionsAreReadByPagesAndOneIsChosen() {
    String docs =
        IntStream.range(0, 70)
            .mapToObj(i -> "{\"_id\":\"much\",\"_rev\":\"1-%032x\",\"n\":%d}".formatted(i + 1, i))
            .collect(Collectors.joining(","));
    node.post("/db/_bulk_docs", "{\"new_edits\":false,\"docs\":[" + docs + "]}");
    JsonNode first = node.get("/db/_conflicts/much").json();
    assertThat(first.path("crowded").asBoolean()).isTrue();
    assertThat(first.path("total_leaves").asInt()).isEqualTo(70);
    assertThat(first.path("revs").size()).isEqualTo(70);
    assertThat(first.path("leaves").size()).isEqualTo(64);
    assertThat(first.path("leaves").get(0).path("winner").asBoolean()).isTrue();
    JsonNode rest = node.get("/db/_conflicts/much?from=64").json();
    assertThat(rest.path("leaves").size()).isEqualTo(6);
    String last = rest.path("leaves").get(5).path("rev").asString();
    String wish = "{\"leaves\":" + first.path("revs") + ",";
    assertThat(node.post("/db/_conflicts/much", wish + "\"members\":{}}").status()).isEqualTo(400);
    assertThat(
            node.post(
                    "/db/_conflicts/much",
                    "{\"leaves\":[\"" + last + "\"],\"choose\":\"" + last + "\"}")
                .status())
        .isEqualTo(409);
    assertThat(node.post("/db/_conflicts/much", wish + "\"choose\":\"" + last + "\"}").status())
        .isEqualTo(201);
    assertThat(node.get("/db/much?conflicts=true").json().has("_conflicts")).isFalse();
    assertThat(node.get("/db/_conflicts/much").status()).isEqualTo(404);
  }

  @Test
  void aDryRunSaysWhatARuleAboutWritingWouldRefuse() {
    patient("p1");
    node.put(
        "/db/_design/rules",
        "{\"validate_doc_update\":\"function (doc, old) { if (old && doc.name) throw {forbidden:"
            + " 'locked'} }\"}");
    JsonNode row =
        node.post(
                "/db/_conflicts/_settle",
                "{\"dry_run\":true,\"docs\":[{\"id\":\"p1\"}],\"rule\":{\"method\":\"winner\"}}")
            .json()
            .path("results")
            .path(0);
    assertThat(row.path("error").asString()).isEqualTo("forbidden");
    assertThat(row.path("reason").asString()).isEqualTo("locked");
  }

  @Test
  void aLongValueIsNotRepeatedInAPlan() {
    String longText = "x".repeat(2_000);
    conflict("long", "{\"a\":1}", "{\"a\":1,\"b\":\"" + longText + "\"}", "{\"a\":1,\"c\":2}");
    Reply reply =
        node.post(
            "/db/_conflicts/_settle",
            "{\"dry_run\":true,\"docs\":[{\"id\":\"long\"}],\"rule\":{\"method\":\"merge\"}}");
    assertThat(reply.text()).doesNotContain("xxx").contains("\"long\":true");
  }

  @Test
  void aPolicySettlesAndIsUndone() {
    assertThat(node.put("/db/_conflict_policy", MERGE).status()).isEqualTo(201);
    conflict("x", "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}");
    assertThat(node.get("/db/_conflicts").json().path("total").asInt()).isZero();
    JsonNode row = node.get("/db/_settlements?doc=x").json().path("rows").path(0);
    assertThat(row.path("by").path("rule").asString()).isEqualTo("all");
    String kept = row.path("leaves").path(0).path("kept_in").asString();
    assertThat(node.get("/db/x?rev=" + kept).json().has("skerry_settlement")).isTrue();
    String wish = "{\"settlement\":\"" + row.path("settlement").asString() + "\"}";
    Reply undone = node.post("/db/_settlements/x/_undo", wish);
    assertThat(undone.status()).isEqualTo(201);
    assertThat(undone.json().path("leaves").size()).isEqualTo(2);
    assertThat(node.post("/db/_settlements/x/_undo", wish).status()).isEqualTo(409);
    assertThat(node.post("/db/_settlements/y/_undo", wish).status()).isEqualTo(404);
    assertThat(node.get("/db/_conflicts").json().path("rows").path(0).path("state").asString())
        .isEqualTo("held");
    assertThat(node.get("/db/_settlements").json().path("rows").path(0).path("undone").asBoolean())
        .isTrue();
  }

  @Test
  void policiesAreReadAndReplacedByTheirRevision() {
    assertThat(node.get("/db/_conflict_policy").compact()).isEqualTo("{\"rules\":[]}");
    String rev = node.put("/db/_conflict_policy", MERGE).json().path("rev").asString();
    assertThat(node.get("/db/_conflict_policy").json().path("_rev").asString()).isEqualTo(rev);
    assertThat(node.put("/db/_conflict_policy", MERGE).status()).isEqualTo(409);
    assertThat(node.put("/db/_conflict_policy", "{\"_rev\":\"" + rev + "\",\"rules\":[]}").status())
        .isEqualTo(201);
    assertThat(node.put("/db/_conflict_policy", "{\"rules\":[{\"name\":\"x\"}]}").reason())
        .contains("type");
    node.put("/db2", "");
    String bad = "\"conflicts\":{\"rules\":[{\"nome\":1}]}}";
    Reply refused = node.put("/db2/_design/conflicts", "{" + bad);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).contains("name");
    node.put("/db2/_design/conflicts?new_edits=false", "{\"_rev\":\"1-ff\"," + bad);
    assertThat(node.get("/db2/_conflict_policy").json().has("problem")).isTrue();
  }

  @Test
  void membersSettleAndAdministratorsMakeRules() {
    patient("p");
    String wish = "{\"leaves\":" + leaves("p") + ",\"doc\":{\"by\":\"nurse\"}}";
    assertThat(node.send(STRANGER, Method.GET, "/db/_conflicts", "").status()).isEqualTo(403);
    assertThat(node.send(STRANGER, Method.POST, "/db/_conflicts/p", wish).status()).isEqualTo(403);
    assertThat(node.send(NURSE, Method.PUT, "/db/_conflict_policy", MERGE).status()).isEqualTo(403);
    assertThat(node.send(NURSE, Method.PUT, "/db/_options", "{}").status()).isEqualTo(403);
    assertThat(
            node.send(CouchNode.user("head"), Method.PUT, "/db/_conflict_policy", MERGE).status())
        .isEqualTo(201);
    assertThat(node.send(NURSE, Method.POST, "/db/_conflicts/p", wish).status()).isEqualTo(201);
    JsonNode row = node.get("/db/_settlements").json().path("rows").path(0);
    assertThat(row.path("by").path("user").asString()).isEqualTo("nurse");
  }

  @Test
  void conflictsOfDesignDocumentsAreTheirAdministrators() {
    conflict("_design%2Fd", "{\"language\":\"a\"}", "{\"language\":\"b\"}", "{\"language\":\"c\"}");
    String wish = "{\"leaves\":" + leaves("_design%2Fd") + ",\"doc\":{}}";
    assertThat(node.send(NURSE, Method.POST, "/db/_conflicts/_design%2Fd", wish).status())
        .isEqualTo(403);
    assertThat(node.post("/db/_conflicts/_design%2Fd", wish).status()).isEqualTo(201);
  }

  @Test
  void databasesThatAreAppendOnlyChangeNothing() {
    node.put("/ledger?append_only=true", "");
    assertThat(node.get("/ledger/_options").compact()).isEqualTo("{\"append_only\":true}");
    String rev = node.put("/ledger/a", "{\"n\":1}").json().path("rev").asString();
    assertThat(node.put("/ledger/a?rev=" + rev, "{\"n\":2}").status()).isEqualTo(403);
    assertThat(node.delete("/ledger/a?rev=" + rev).status()).isEqualTo(403);
    assertThat(node.put("/ledger/_design/d", "{}").status()).isEqualTo(201);
    assertThat(node.put("/ledger/a?new_edits=false", "{\"_rev\":\"1-ff\",\"n\":3}").status())
        .isEqualTo(201);
    assertThat(node.get("/ledger/_conflicts").json().path("total").asInt()).isEqualTo(1);
    String follow =
        "{\"_rev\":\"2-ff\",\"_revisions\":{\"start\":2,\"ids\":[\"ff\",\""
            + rev.substring(2)
            + "\"]}}";
    assertThat(node.put("/ledger/a?new_edits=false", follow).status()).isEqualTo(403);
    assertThat(node.put("/ledger/_options", "{\"append_only\":false}").status()).isEqualTo(200);
    assertThat(node.put("/ledger/a?rev=" + rev, "{\"n\":2}").status()).isEqualTo(201);
    assertThat(node.put("/ledger/_options", "{\"color\":1}").status()).isEqualTo(400);
  }

  /** Compared, they would be trees of many times their size. */
  @Test
  void versionsThatAreLargeTogetherAreReadOneByOne() {
    large(1);
    large(2);
    JsonNode shown = node.get("/db/_conflicts/large").json();
    assertThat(shown.path("crowded").asBoolean()).isTrue();
    assertThat(shown.path("total_leaves").asInt()).isEqualTo(2);
    assertThat(node.get("/db/_conflicts").json().toString()).contains("4 MB of them");
  }

  @Test
  void aSettlementOfVersionsThatAreLargeTogetherIsListedAndUndone() {
    large(1);
    large(2);
    JsonNode revs = node.get("/db/_conflicts/large").json().path("revs");
    String wish = "{\"leaves\":" + revs + ",\"choose\":" + revs.get(0) + "}";
    assertThat(node.post("/db/_conflicts/large", wish).status()).isEqualTo(201);
    large(3);
    assertThat(node.get("/db/_conflicts/large").json().path("crowded").asBoolean()).isTrue();
    JsonNode row = node.get("/db/_settlements?doc=large").json().path("rows").path(0);
    assertThat(row.path("undone").asBoolean(true)).isFalse();
    String settlement = "{\"settlement\":" + row.path("settlement") + "}";
    assertThat(node.post("/db/_settlements/large/_undo", settlement).status()).isEqualTo(201);
    assertThat(node.get("/db/_conflicts/large").json().path("total_leaves").asInt()).isEqualTo(3);
  }

  /** A generation that somebody made up, behind which none comes. */
  @Test
  void oneThatNobodyCanSettleHidesNoOthers() {
    String policy = "{\"rules\":[{\"name\":\"all\",\"selector\":{},\"method\":\"winner\"}]}";
    assertThat(node.put("/db/_conflict_policy", policy).status()).isEqualTo(201);
    for (String rev :
        new String[] {"2147483647-" + "0".repeat(31), "2147483647-" + "1".repeat(32)}) {
      String doc = "{\"_rev\":\"" + rev + "\",\"n\":\"" + rev + "\"}";
      assertThat(node.put("/db/last?new_edits=false", doc).status()).isEqualTo(201);
    }
    conflict("other", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    JsonNode list = node.get("/db/_conflicts").json();
    assertThat(list.path("rows").findValuesAsString("id")).containsExactly("last");
    assertThat(list.toString()).contains("no revision can follow");
    assertThat(node.get("/db/_settlements?doc=other").json().path("rows").size()).isEqualTo(1);
    String first = node.get("/db/last").json().path("_rev").asString();
    Reply edit = node.put("/db/last?rev=" + first, "{}");
    assertThat(edit.status()).isEqualTo(403);
    assertThat(edit.reason()).contains("purge it");
    assertThat(settle("last", "\"choose\":\"" + first + "\"").status()).isEqualTo(400);
    assertThat(node.post("/db/_purge", "{\"last\":[\"" + first + "\"]}").status()).isEqualTo(201);
    assertThat(node.get("/db/_conflicts").json().path("total").asInt()).isZero();
  }

  /** Writes a version of more than half of what may be compared. */
  private void large(int number) {
    String text = "x".repeat(2_500_000 + number);
    String doc = "{\"_rev\":\"1-%032x\",\"t\":\"%s\"}".formatted(number, text);
    assertThat(node.put("/db/large?new_edits=false", doc).status()).isEqualTo(201);
  }
}
