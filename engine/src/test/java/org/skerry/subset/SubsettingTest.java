package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.changes.Wake;
import org.skerry.collation.ValueReader;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.Seq;
import tools.jackson.databind.JsonNode;

class SubsettingTest {
  private final Databases databases = new Databases(new MemoryStore());
  private final Sites sites = new Sites(databases);
  private final SubsetKeeper keeper = new SubsetKeeper(databases, sites);
  private final Subsetting subsetting = new Subsetting(databases, sites);
  private final Database clinic = databases.create("clinic").orElseThrow();
  private final Database places = databases.create(Sites.DATABASE).orElseThrow();

  @AfterEach
  void close() {
    keeper.close();
  }

  private void rules(String json) {
    clinic.scope(Optional.of(ScopeRules.parse(json(json))));
    keeper.settle(clinic);
  }

  private static JsonNode json(String text) {
    return ValueReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private void site(String id, String json) {
    assertThat(put(places, id, json, Author.SYSTEM)).isInstanceOf(WriteResult.Written.class);
    keeper.settle(clinic);
  }

  private static WriteResult put(Database database, String id, String json, Author author) {
    Optional<RevId> parent = winner(database, id);
    return database.update(
        new NewRevision(DocId.of(id), parent, false, Body.parse(json), List.of()), author);
  }

  private static Optional<RevId> winner(Database database, String id) {
    List<RevId> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> document.deleted() || found.add(document.winner().rev()));
    return found.stream().findFirst();
  }

  private Database as(String site) {
    return subsetting.seenBy(clinic, sites.book().site(site).orElseThrow());
  }

  private List<String> ids(String site) {
    keeper.settle(clinic);
    List<String> ids = new ArrayList<>();
    as(site)
        .store()
        .scan(
            DocRange.ALL,
            Fields.LEAVES,
            document -> document.deleted() || ids.add(document.id().text()));
    return ids;
  }

  private static final String PATIENTS =
      """
      {"rules": [
        {"type": "patient", "site": "/at"},
        {"type": "note", "follow": "/patient"},
        {"type": "word", "everyone": true}
      ]}
      """;

  @Test
  void aSiteSeesWhatItsRulesGiveIt() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    put(clinic, "n1", "{\"type\":\"note\",\"patient\":\"p1\"}", Author.SYSTEM);
    put(clinic, "w1", "{\"type\":\"word\"}", Author.SYSTEM);
    put(clinic, "x1", "{\"type\":\"other\"}", Author.SYSTEM);

    assertThat(ids("a")).containsExactly("n1", "p1", "w1");
    assertThat(ids("b")).containsExactly("w1");
  }

  @Test
  void rulesThatComeLaterReachWhatIsHere() {
    for (int i = 0; i < 500; i++) {
      put(clinic, "p" + i, "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    }
    site("a", "{}");
    rules(PATIENTS);

    assertThat(ids("a")).hasSize(500);
  }

  @Test
  void aPatientWhoMovesTakesTheNotesAlong() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    put(clinic, "n1", "{\"type\":\"note\",\"patient\":\"p1\"}", Author.SYSTEM);
    assertThat(ids("a")).containsExactly("n1", "p1");
    Seq before = as("a").store().now();

    assertThat(put(as("a"), "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM))
        .isInstanceOf(WriteResult.Written.class);

    assertThat(ids("a")).isEmpty();
    assertThat(ids("b")).containsExactly("n1", "p1");
    List<String> told = new ArrayList<>();
    as("a")
        .store()
        .changes(
            ChangeRange.after(before, 10),
            Fields.LEAVES,
            document -> told.add(document.id() + " " + document.deleted()));
    assertThat(told).containsExactlyInAnyOrder("p1 true", "n1 true");
  }

  @Test
  void aSiteCannotWriteWhatIsNotItsOwn() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);

    Stream.of("{\"type\":\"patient\",\"at\":\"a\"}", "{\"type\":\"other\"}")
        .forEach(
            body ->
                assertThat(put(as("b"), "new", body, Author.SYSTEM))
                    .isInstanceOf(WriteResult.Forbidden.class));
    assertThat(put(as("b"), "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM))
        .isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void aDistrictSeesItsClinics() {
    rules(PATIENTS);
    site("nation", "{\"type\":\"place\"}");
    site("north", "{\"type\":\"place\",\"parent\":\"nation\"}");
    site("hill", "{\"type\":\"place\",\"parent\":\"north\"}");
    site("office", "{\"place\":\"north\"}");
    site("ministry", "{\"place\":\"nation\",\"depth\":1}");
    site("nurse", "{\"place\":\"hill\"}");
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"hill\"}", Author.SYSTEM);
    put(clinic, "p2", "{\"type\":\"patient\",\"at\":\"north\"}", Author.SYSTEM);

    assertThat(ids("nurse")).containsExactly("p1");
    assertThat(ids("office")).containsExactly("p1", "p2");
    assertThat(ids("ministry")).containsExactly("p2");
  }

  @Test
  void aSiteThatWaitsIsWokenByItsOwnDocumentsAlone() throws InterruptedException {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    Seq now = as("a").store().now();
    put(clinic, "p1", "{\"type\":\"patient\",\"at\":\"b\"}", Author.SYSTEM);
    assertThat(as("a").changes().await(now, Duration.ZERO)).isEqualTo(Wake.TIMEOUT);
    put(clinic, "p2", "{\"type\":\"patient\",\"at\":\"a\"}", Author.SYSTEM);
    assertThat(as("a").changes().await(now, Duration.ofMinutes(5))).isEqualTo(Wake.ADVANCED);
  }

  @Test
  void whoSignsInAsWhichSite() {
    site("a", "{\"users\":[\"ann\"],\"roles\":\"clinic-a\"}");
    site("b", "{\"roles\":[\"clinic-b\",\"clinic-a\"]}");
    SiteBook book = sites.book();

    assertThat(book.of(Optional.of("ann"), Set.of("clinic-b")).map(Site::id)).contains("a");
    assertThat(book.of(Optional.of("bob"), Set.of("clinic-b")).map(Site::id)).contains("b");
    assertThat(book.of(Optional.of("eve"), Set.of())).isEmpty();
  }
}
