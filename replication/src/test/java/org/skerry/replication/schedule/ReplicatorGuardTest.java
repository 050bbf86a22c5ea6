package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.Security;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoredDocument;

class ReplicatorGuardTest {
  private static final Author ADMIN = new Author(Optional.of("admin"), Set.of("_admin"));
  private static final Author NURSE = new Author(Optional.of("nurse"), Set.of("clinic"));
  private static final Author OTHER = new Author(Optional.of("other"), Set.of("clinic"));
  private static final String URLS =
      "\"source\":\"http://u:p@h.test/a\",\"target\":{\"url\":\"https://h.test/b\"}";

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private Database database;

  @BeforeEach
  void create() {
    databases.guard(new ReplicatorGuard());
    database = databases.create("_replicator").orElseThrow();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Optional<StoredDocument> document(String id) {
    StoredDocument[] found = new StoredDocument[1];
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.WINNER,
            document -> {
              found[0] = document;
              return true;
            });
    return Optional.ofNullable(found[0]);
  }

  private WriteResult write(Author author, String id, boolean deleted, String json) {
    Optional<RevId> parent = document(id).map(found -> found.winner().rev());
    return database.update(
        new NewRevision(DocId.of(id), parent, deleted, Body.parse(json), List.of()), author);
  }

  private WriteResult write(Author author, String json) {
    return write(author, "job", false, json);
  }

  private String body() {
    return document("job").orElseThrow().revisions().getFirst().body().toString();
  }

  private static String refusal(WriteResult result) {
    return result instanceof WriteResult.Forbidden(String error, String reason)
        ? error + ": " + reason
        : result.getClass().getSimpleName();
  }

  @Test
  void aDocumentBelongsToWhoeverWroteIt() {
    assertThat(refusal(write(NURSE, "{" + URLS + "}"))).isEqualTo("Written");
    assertThat(body()).contains("\"owner\":\"nurse\"");
    assertThat(refusal(write(NURSE, body()))).isEqualTo("Written");
    assertThat(refusal(write(OTHER, "{" + URLS + "}")))
        .isEqualTo("forbidden: Can't update replication documents from other users.");
    assertThat(refusal(write(OTHER, "{" + URLS + ",\"owner\":\"nurse\"}")))
        .isEqualTo("forbidden: Can't update replication documents from other users.");
    assertThat(refusal(write(ADMIN, "{" + URLS + ",\"owner\":\"nurse\",\"continuous\":true}")))
        .isEqualTo("Written");
    assertThat(body()).as("an administrator leaves it theirs").contains("\"owner\":\"nurse\"");
  }

  @Test
  void onlyOwnersAndAdministratorsDelete() {
    write(NURSE, "{" + URLS + "}");
    assertThat(refusal(write(OTHER, "job", true, "{}")))
        .isEqualTo(
            "forbidden: Replication documents can only be deleted by admins or by the users who"
                + " created them.");
    assertThat(refusal(write(NURSE, "job", true, "{}"))).isEqualTo("Written");
  }

  @Test
  void anAdministratorOfTheDatabaseIsOne() {
    write(NURSE, "{" + URLS + "}");
    database.security(
        Security.parse("{\"admins\":{\"names\":[\"other\"]}}".getBytes(StandardCharsets.UTF_8)));
    assertThat(refusal(write(OTHER, "job", true, "{}"))).isEqualTo("Written");
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedWithAllThatIsWrong() {
    String answer = refusal(write(ADMIN, "{\"source\":7,\"continuous\":\"yes\"}"));
    assertThat(answer).startsWith("forbidden: ").contains("source", "target", "continuous");
    assertThat(refusal(write(ADMIN, "{\"source\":7,\"_replication_state\":\"failed\"}")))
        .as("a failed one is not looked at")
        .isEqualTo("Written");
    assertThat(refusal(write(ADMIN, "_design/d", false, "{\"language\":\"javascript\"}")))
        .isEqualTo("Written");
  }

  @Test
  void onlyServerAdministratorsNameLocalDatabases() {
    String local = "{\"source\":\"clinic\",\"target\":\"http://h.test/b\"}";
    assertThat(refusal(write(NURSE, local))).startsWith("forbidden: Only server admins");
    assertThat(refusal(write(ADMIN, local))).isEqualTo("Written");
  }

  @Test
  void nobodyActsInTheNameOfOthers() {
    assertThat(refusal(write(NURSE, "{" + URLS + ",\"user_ctx\":{\"name\":\"admin\"}}")))
        .isEqualTo("forbidden: The given `user_ctx.name` is not valid");
    assertThat(
            refusal(
                write(
                    NURSE,
                    "{" + URLS + ",\"user_ctx\":{\"name\":\"nurse\",\"roles\":[\"_admin\"]}}")))
        .isEqualTo("forbidden: Invalid role (`_admin`) in the `user_ctx`");
    assertThat(
            refusal(
                write(
                    NURSE,
                    "{" + URLS + ",\"user_ctx\":{\"name\":\"nurse\",\"roles\":[\"clinic\"]}}")))
        .isEqualTo("Written");
    assertThat(
            refusal(write(ADMIN, "x", false, "{" + URLS + ",\"user_ctx\":{\"name\":\"nurse\"}}")))
        .isEqualTo("Written");
  }

  @Test
  void aReplicatedDocumentNeedsItsOwner() {
    assertThat(refusal(merge(NURSE, "{" + URLS + "}"))).startsWith("forbidden");
    assertThat(refusal(merge(NURSE, "{" + URLS + ",\"owner\":\"other\"}"))).startsWith("forbidden");
    assertThat(refusal(merge(NURSE, "{" + URLS + ",\"owner\":\"nurse\"}"))).isEqualTo("Written");
    assertThat(refusal(merge(ADMIN, "{" + URLS + "}"))).isEqualTo("Present");
  }

  private WriteResult merge(Author author, String json) {
    RevPath path = RevPath.of(RevId.parse("1-0123456789abcdef0123456789abcdef"));
    return database
        .merge(
            List.of(new ForeignRevision(DocId.of("job"), path, false, Body.parse(json), List.of())),
            author)
        .getFirst();
  }

  @Test
  void theNodeItselfMayEverything() {
    assertThat(refusal(write(Author.SYSTEM, "{\"n\":1}"))).isEqualTo("Written");
    assertThat(body()).isEqualTo("{\"n\":1}");
  }

  @Test
  void otherDatabasesAreNotLookedAt() {
    database = databases.create("replicator").orElseThrow();
    assertThat(refusal(write(NURSE, "{\"n\":1}"))).isEqualTo("Written");
    database = databases.create("clinic/_replicator").orElseThrow();
    assertThat(refusal(write(NURSE, "{\"n\":1}"))).startsWith("forbidden");
  }
}
