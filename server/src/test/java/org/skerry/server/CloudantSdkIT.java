package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.cloud.cloudant.features.ChangesFollower;
import com.ibm.cloud.cloudant.security.CouchDbSessionAuthenticator;
import com.ibm.cloud.cloudant.v1.Cloudant;
import com.ibm.cloud.cloudant.v1.model.AllDocsResult;
import com.ibm.cloud.cloudant.v1.model.BulkDocs;
import com.ibm.cloud.cloudant.v1.model.ChangesResultItem;
import com.ibm.cloud.cloudant.v1.model.DeleteDocumentOptions;
import com.ibm.cloud.cloudant.v1.model.DesignDocument;
import com.ibm.cloud.cloudant.v1.model.DesignDocumentViewsMapReduce;
import com.ibm.cloud.cloudant.v1.model.Document;
import com.ibm.cloud.cloudant.v1.model.DocumentResult;
import com.ibm.cloud.cloudant.v1.model.FindResult;
import com.ibm.cloud.cloudant.v1.model.GetAttachmentOptions;
import com.ibm.cloud.cloudant.v1.model.GetDocumentOptions;
import com.ibm.cloud.cloudant.v1.model.GetSchedulerDocsOptions;
import com.ibm.cloud.cloudant.v1.model.IndexDefinition;
import com.ibm.cloud.cloudant.v1.model.IndexField;
import com.ibm.cloud.cloudant.v1.model.PostAllDocsOptions;
import com.ibm.cloud.cloudant.v1.model.PostBulkDocsOptions;
import com.ibm.cloud.cloudant.v1.model.PostChangesOptions;
import com.ibm.cloud.cloudant.v1.model.PostFindOptions;
import com.ibm.cloud.cloudant.v1.model.PostIndexOptions;
import com.ibm.cloud.cloudant.v1.model.PostViewOptions;
import com.ibm.cloud.cloudant.v1.model.PutAttachmentOptions;
import com.ibm.cloud.cloudant.v1.model.PutDatabaseOptions;
import com.ibm.cloud.cloudant.v1.model.PutDesignDocumentOptions;
import com.ibm.cloud.cloudant.v1.model.PutDocumentOptions;
import com.ibm.cloud.cloudant.v1.model.PutReplicationDocumentOptions;
import com.ibm.cloud.cloudant.v1.model.ReplicationDatabase;
import com.ibm.cloud.cloudant.v1.model.ReplicationDatabaseAuth;
import com.ibm.cloud.cloudant.v1.model.ReplicationDatabaseAuthBasic;
import com.ibm.cloud.cloudant.v1.model.ReplicationDocument;
import com.ibm.cloud.cloudant.v1.model.SchedulerDocument;
import com.ibm.cloud.cloudant.v1.model.ViewResult;
import com.ibm.cloud.sdk.core.security.BasicAuthenticator;
import com.ibm.cloud.sdk.core.service.exception.ConflictException;
import com.ibm.cloud.sdk.core.service.exception.NotFoundException;
import com.ibm.cloud.sdk.core.service.exception.UnauthorizedException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IBM's Cloudant SDK for Java, unchanged, against the real program. */
class CloudantSdkIT {
  private static final String DB = "clinic";

  @TempDir Path folder;

  private NodeProcess node;
  private Cloudant service;

  @BeforeEach
  void startNode() throws Exception {
    node = NodeProcess.start(folder.resolve("data"));
    service = service(NodeProcess.PASSWORD);
    create(DB);
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  @Test
  void documentsAreWrittenReadAndDeletedWithTheirRevisions() {
    DocumentResult made = put("patient/1", Map.of("name", "Amina"), Optional.empty());
    assertThatThrownBy(() -> put("patient/1", Map.of("name", "Ida"), Optional.empty()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("Document update conflict.");
    DocumentResult next = put("patient/1", Map.of("name", "Ada"), Optional.of(made.getRev()));
    assertThat(get("patient/1").get("name")).isEqualTo("Ada");
    service
        .deleteDocument(
            new DeleteDocumentOptions.Builder()
                .db(DB)
                .docId("patient/1")
                .rev(next.getRev())
                .build())
        .execute();
    assertThatThrownBy(() -> get("patient/1"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("deleted");
  }

  @Test
  void bulksAreSentZippedAndListedInOrder() {
    service.enableGzipCompression(true);
    bulk(500);
    AllDocsResult listed =
        service
            .postAllDocs(
                new PostAllDocsOptions.Builder()
                    .db(DB)
                    .startKey("d010")
                    .limit(3)
                    .includeDocs(true)
                    .build())
            .execute()
            .getResult();
    assertThat(listed.getTotalRows()).isEqualTo(500);
    assertThat(listed.getRows())
        .extracting(row -> number(row.getDoc().get("n")))
        .containsExactly(10.0, 11.0, 12.0);
  }

  @Test
  void attachmentsComeBackAsTheyWere() throws Exception {
    byte[] bytes = "Größe: 1,80 m".getBytes(StandardCharsets.UTF_8);
    service
        .putAttachment(
            new PutAttachmentOptions.Builder()
                .db(DB)
                .docId("patient/1")
                .attachmentName("note.txt")
                .attachment(new ByteArrayInputStream(bytes))
                .contentType("text/plain")
                .build())
        .execute();
    try (InputStream read =
        service
            .getAttachment(
                new GetAttachmentOptions.Builder()
                    .db(DB)
                    .docId("patient/1")
                    .attachmentName("note.txt")
                    .build())
            .execute()
            .getResult()) {
      assertThat(read.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void viewsAreBuiltAndGrouped() {
    bulk(30);
    DesignDocument design =
        new DesignDocument.Builder()
            .views(
                Map.of(
                    "by-rest",
                    new DesignDocumentViewsMapReduce.Builder()
                        .map("function (doc) { emit(doc.n % 3, doc.n); }")
                        .reduce("_stats")
                        .build()))
            .build();
    service
        .putDesignDocument(
            new PutDesignDocumentOptions.Builder().db(DB).ddoc("v").designDocument(design).build())
        .execute();
    ViewResult result =
        service
            .postView(
                new PostViewOptions.Builder().db(DB).ddoc("v").view("by-rest").group(true).build())
            .execute()
            .getResult();
    assertThat(result.getRows())
        .extracting(row -> number(row.getKey()))
        .containsExactly(0.0, 1.0, 2.0);
    Map<?, ?> first = (Map<?, ?>) result.getRows().getFirst().getValue();
    assertThat(number(first.get("count"))).isEqualTo(10);
    assertThat(number(first.get("sum"))).isEqualTo(135);
  }

  @Test
  void selectorsFindWithAnIndex() {
    bulk(50);
    service
        .postIndex(
            new PostIndexOptions.Builder()
                .db(DB)
                .name("by-n")
                .type("json")
                .index(
                    new IndexDefinition.Builder()
                        .addFields(new IndexField.Builder().add("n", "asc").build())
                        .build())
                .build())
        .execute();
    FindResult found =
        service
            .postFind(
                new PostFindOptions.Builder()
                    .db(DB)
                    .selector(Map.of("n", Map.of("$gte", 45)))
                    .addSort(Map.of("n", "desc"))
                    .executionStats(true)
                    .build())
            .execute()
            .getResult();
    assertThat(found.getDocs())
        .extracting(doc -> number(doc.get("n")))
        .containsExactly(49.0, 48.0, 47.0, 46.0, 45.0);
    assertThat(found.getExecutionStats().getTotalDocsExamined()).isEqualTo(5);
    assertThat(found.getWarning()).isNull();
  }

  @Test
  void theFollowerSeesEveryChange() throws Exception {
    bulk(300);
    ChangesFollower once =
        new ChangesFollower(service, new PostChangesOptions.Builder().db(DB).build());
    try (Stream<ChangesResultItem> changes = once.startOneOff()) {
      assertThat(changes.map(ChangesResultItem::getId).distinct()).hasSize(300);
    }
    ChangesFollower live =
        new ChangesFollower(service, new PostChangesOptions.Builder().db(DB).since("0").build());
    AtomicBoolean written = new AtomicBoolean();
    try (Stream<ChangesResultItem> changes = live.start()) {
      assertThat(
              changes
                  .peek(first -> writeOnce(written))
                  .anyMatch(change -> change.getId().equals("late")))
          .isTrue();
    }
    live.stop();
  }

  /** Writes when the feed is known to be open. */
  private void writeOnce(AtomicBoolean written) {
    if (written.compareAndSet(false, true)) {
      put("late", Map.of(), Optional.empty());
    }
  }

  @Test
  void replicationsRunByTheirDocuments() throws Exception {
    bulk(20);
    create("copy");
    ReplicationDocument job =
        new ReplicationDocument.Builder()
            .source(database(DB))
            .target(database("copy"))
            .createTarget(false)
            .build();
    service
        .putReplicationDocument(
            new PutReplicationDocumentOptions.Builder()
                .docId("job")
                .replicationDocument(job)
                .build())
        .execute();
    node.expect(200, "GET", "/copy/_changes?feed=longpoll&since=19&timeout=60000", "");
    List<SchedulerDocument> jobs =
        service
            .getSchedulerDocs(new GetSchedulerDocsOptions.Builder().build())
            .execute()
            .getResult()
            .getDocs();
    assertThat(jobs).extracting(SchedulerDocument::getDocId).containsExactly("job");
    assertThat(jobs.toString()).doesNotContain(NodeProcess.PASSWORD);
  }

  @Test
  void sessionsAreOpenedWithNameAndPassword() {
    Cloudant session =
        new Cloudant(
            "session", CouchDbSessionAuthenticator.newAuthenticator("admin", NodeProcess.PASSWORD));
    session.setServiceUrl(node.url().toString());
    assertThat(session.getSessionInformation().execute().getResult().getUserCtx().name())
        .isEqualTo("admin");
    Cloudant stranger = service("wrong");
    assertThatThrownBy(() -> stranger.getAllDbs().execute())
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("Name or password is incorrect.");
  }

  /** The SDK's JSON library has numbers of its own. */
  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private Cloudant service(String password) {
    BasicAuthenticator credentials =
        new BasicAuthenticator.Builder().username("admin").password(password).build();
    Cloudant made = new Cloudant("test", credentials);
    made.setServiceUrl(node.url().toString());
    return made;
  }

  private void create(String database) {
    service.putDatabase(new PutDatabaseOptions.Builder().db(database).build()).execute();
  }

  private ReplicationDatabase database(String name) {
    ReplicationDatabaseAuthBasic basic =
        new ReplicationDatabaseAuthBasic.Builder()
            .username("admin")
            .password(NodeProcess.PASSWORD)
            .build();
    return new ReplicationDatabase.Builder()
        .url(node.url().resolve("/" + name).toString())
        .auth(new ReplicationDatabaseAuth.Builder().basic(basic).build())
        .build();
  }

  private DocumentResult put(String id, Map<String, Object> members, Optional<String> rev) {
    Document document = new Document();
    members.forEach(document::put);
    rev.ifPresent(document::setRev);
    return service
        .putDocument(new PutDocumentOptions.Builder().db(DB).docId(id).document(document).build())
        .execute()
        .getResult();
  }

  private Document get(String id) {
    return service
        .getDocument(new GetDocumentOptions.Builder().db(DB).docId(id).build())
        .execute()
        .getResult();
  }

  /** Documents d000, d001, … with their number in {@code n}. */
  private void bulk(int count) {
    List<Document> documents =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  Document document = new Document();
                  document.setId(String.format("d%03d", i));
                  document.put("n", i);
                  return document;
                })
            .toList();
    List<DocumentResult> results =
        service
            .postBulkDocs(
                new PostBulkDocsOptions.Builder()
                    .db(DB)
                    .bulkDocs(new BulkDocs.Builder().docs(documents).build())
                    .build())
            .execute()
            .getResult();
    assertThat(results).hasSize(count).allMatch(result -> result.isOk());
  }
}
