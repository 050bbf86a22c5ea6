package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.audit.AuditLog;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.Desk.Wish;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.DocId;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.fhir.provenance.SettlementProvenance;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.ordered.MemoryOrderedStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What settlements leave beside the resources that they settle. */
@Timeout(300)
class ProvenanceTest {
  private static final String FIRST = "1-" + "a".repeat(32);
  private static final String HERE = "2-" + "b".repeat(32);
  private static final String THERE = "2-" + "c".repeat(32);

  private final FhirNode node = new FhirNode();
  private final FhirNode other = new FhirNode();
  private final Scripts scripts = new Scripts(ScriptLimits.DEFAULT);
  private final Conflicts conflicts = conflicts(node);
  private final Conflicts otherConflicts = conflicts(other);

  private Conflicts conflicts(FhirNode of) {
    return new Conflicts(
            of.databases(),
            new MemoryOrderedStore(),
            scripts,
            AuditLog.NONE,
            () -> Instant.parse("2026-05-06T07:08:09Z"))
        .onSettled(new SettlementProvenance());
  }

  @AfterEach
  void stop() {
    conflicts.close();
    otherConflicts.close();
    scripts.close();
    node.close();
    other.close();
  }

  private static void revision(FhirNode at, String id, String rev, String parent, String content) {
    String start = rev.substring(0, 1);
    String ids =
        "\""
            + rev.substring(2)
            + "\""
            + (parent.isEmpty() ? "" : ",\"" + parent.substring(2) + "\"");
    Reply reply =
        at.send(
            "POST",
            "/clinic/_bulk_docs",
            "{\"new_edits\":false,\"docs\":[{\"_id\":\""
                + id
                + "\",\"_rev\":\""
                + rev
                + "\",\"_revisions\":{\"start\":"
                + start
                + ",\"ids\":["
                + ids
                + "]},"
                + content
                + "}]}",
            "Content-Type",
            "application/json");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private static void conflict(FhirNode at, String id, String type) {
    String head = "\"resourceType\":\"" + type + "\",\"meta\":{\"lastUpdated\":\"2026-01-0";
    revision(at, id, FIRST, "", head + "1T00:00:00.000Z\"}");
    revision(at, id, HERE, FIRST, head + "2T00:00:00.000Z\"},\"active\":true");
    revision(at, id, THERE, FIRST, head + "3T00:00:00.000Z\"},\"gender\":\"female\"");
  }

  private static void policy(FhirNode at, Conflicts of) {
    Database clinic = at.clinic();
    JsonNode rules =
        new JsonMapper()
            .readTree(
                """
                [{"name":"all of it","selector":{},"method":"merge"}]\
                """);
    clinic.update(
        new NewRevision(
            DocId.of("_design/conflicts"),
            Optional.empty(),
            false,
            of.withRules(clinic, rules),
            List.of()));
  }

  private static void settle(FhirNode at, Conflicts of) {
    // Whoever asks for the list has everything looked at, twice: settlements are seen behind it.
    of.settlements(at.clinic(), Optional.empty(), Optional.empty(), 10, false);
    of.settlements(at.clinic(), Optional.empty(), Optional.empty(), 10, false);
  }

  private static List<JsonNode> found(FhirNode at, String query) {
    Reply reply = at.get("/Provenance" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<JsonNode> found = new ArrayList<>();
    reply.json().path("entry").forEach(entry -> found.add(entry.path("resource")));
    return found;
  }

  @Test
  void aPolicysSettlementIsToldTheSameByEveryNode() {
    policy(node, conflicts);
    policy(other, otherConflicts);
    conflict(node, "Patient/1", "Patient");
    conflict(other, "Patient/1", "Patient");
    settle(node, conflicts);
    settle(other, otherConflicts);
    Reply settled = node.get("/Patient/1");
    assertThat(settled.json().path("active").asBoolean()).isTrue();
    assertThat(settled.json().path("gender").asString()).isEqualTo("female");
    List<JsonNode> found = found(node, "?target=Patient/1");
    assertThat(found).hasSize(1);
    JsonNode provenance = found.getFirst();
    String version = settled.json().path("meta").path("versionId").asString();
    assertThat(provenance.path("target").path(0).path("reference").asString())
        .isEqualTo("Patient/1/_history/" + version);
    assertThat(provenance.path("recorded").asString()).isEqualTo("2026-01-03T00:00:00.000Z");
    assertThat(provenance.path("entity"))
        .extracting(entity -> entity.path("what").path("reference").asString())
        .containsExactly("Patient/1/_history/" + THERE, "Patient/1/_history/" + HERE);
    assertThat(provenance.path("policy").path(0).asString()).endsWith("#all%20of%20it");
    assertThat(found(other, "")).isEqualTo(found);
    assertThat(node.post("/Provenance/$validate", provenance.toString()).text())
        .doesNotContain("\"severity\":\"error\"");
    Reply aside = node.get("/Patient/1/_history/" + HERE);
    assertThat(aside.status()).isEqualTo(200);
  }

  @Test
  void aPersonsSettlementSaysWhoWhenAndWhy() {
    conflict(node, "Patient/2", "Patient");
    Author ana = new Author(Optional.of("ana"), Set.of());
    Wish wish = new Wish(DocId.of("Patient/2"), Optional.empty(), ana, Optional.of("asked her"));
    conflicts.desk(node.clinic()).choose(wish, RevId.parse(HERE));
    settle(node, conflicts);
    JsonNode provenance = found(node, "?target=Patient/2").getFirst();
    assertThat(provenance.path("recorded").asString()).isEqualTo("2026-05-06T07:08:09.000Z");
    assertThat(provenance.path("agent").path(0).path("who").path("display").asString())
        .isEqualTo("ana");
    assertThat(provenance.path("reason").path(0).path("text").asString()).isEqualTo("asked her");
    assertThat(provenance.path("entity").path(0).path("what").path("reference").asString())
        .isEqualTo("Patient/2/_history/" + THERE);
    assertThat(node.post("/Provenance/$validate", provenance.toString()).text())
        .doesNotContain("\"severity\":\"error\"");
  }

  @Test
  void anUndoingSaysWhoOpenedItAndWhatStandsAgain() {
    conflict(node, "Patient/5", "Patient");
    Wish wish =
        new Wish(
            DocId.of("Patient/5"),
            Optional.empty(),
            new Author(Optional.of("ana"), Set.of()),
            Optional.of("it was him"));
    conflicts.desk(node.clinic()).choose(wish, RevId.parse(HERE));
    settle(node, conflicts);
    String into = node.get("/Patient/5").json().path("meta").path("versionId").asString();
    conflicts.desk(node.clinic()).undo(wish, RevId.parse(into));
    settle(node, conflicts);
    settle(node, conflicts);
    List<JsonNode> found = found(node, "?target=Patient/5");
    assertThat(found).hasSize(2);
    JsonNode undoing =
        found.stream()
            .filter(one -> one.path("id").asString().startsWith("undoing-"))
            .findFirst()
            .orElseThrow();
    JsonNode meta = node.get("/Patient/5").json().path("meta");
    assertThat(undoing.path("target"))
        .extracting(target -> target.path("reference").asString())
        .containsExactlyInAnyOrder(
            "Patient/5/_history/" + meta.path("versionId").asString(),
            "Patient/5/_history/" + meta.path("extension").path(0).path("valueString").asString());
    assertThat(undoing.path("entity").path(0).path("what").path("reference").asString())
        .isEqualTo("Patient/5/_history/" + into);
    assertThat(undoing.path("activity").path("text").asString())
        .isEqualTo("undoing of a settlement");
    assertThat(undoing.path("agent").path(0).path("who").path("display").asString())
        .isEqualTo("ana");
    assertThat(undoing.path("recorded").asString()).isEqualTo("2026-05-06T07:08:09.000Z");
    assertThat(node.post("/Provenance/$validate", undoing.toString()).text())
        .doesNotContain("\"severity\":\"error\"");
  }

  @Test
  void documentsThatAreNoResourcesGetNoneAndNothingIsWrittenTwice() {
    policy(node, conflicts);
    conflict(node, "Patient/3", "Person");
    conflict(node, "note", "Patient");
    conflict(node, "Patient/4", "Patient");
    settle(node, conflicts);
    assertThat(found(node, "")).hasSize(1);
    String id = found(node, "").getFirst().path("id").asString();
    node.delete("/Provenance/" + id);
    // Who takes it away does not find it again, though the list of settlements is made anew.
    try (Conflicts again = conflicts(node)) {
      settle(node, again);
    }
    assertThat(found(node, "")).isEmpty();
  }
}
