package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.subset.Sites;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/** A site finds what it sees of a database, and nothing else tells it of the rest. */
@Timeout(300)
class SiteSearchTest {
  private static final String RULES =
      """
      {"rules": [
        {"type": "Patient", "site": "/at"},
        {"type": "Observation", "follow": "/subject/reference"}
      ]}
      """;

  private final Databases databases = new Databases(new MemoryStore());
  private final Sites sites = new Sites(databases);
  private final Subsetting subsetting = new Subsetting(databases, sites);
  private final SubsetKeeper keeper = new SubsetKeeper(databases, subsetting);
  private final Database clinic = databases.create("clinic").orElseThrow();
  private final Database places = databases.create(Sites.DATABASE).orElseThrow();
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());
  private final SearchIndexes searches = new SearchIndexes(indexes, InstantSource.system());

  @BeforeEach
  void write() {
    clinic.scope(
        Optional.of(ScopeRules.parse(ValueReader.read(RULES.getBytes(StandardCharsets.UTF_8)))));
    put(places, "a", "{}");
    put(places, "b", "{}");
    patient("1", "a");
    patient("2", "b");
    observation("x", "1");
    observation("y", "2");
  }

  @AfterEach
  void close() {
    indexes.close();
    keeper.close();
  }

  private void patient(String id, String site) {
    put(
        clinic,
        "Patient/" + id,
        "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"at\":\"" + site + "\"}");
  }

  private void observation(String id, String patient) {
    put(
        clinic,
        "Observation/" + id,
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/"
            + patient
            + "\"}}");
  }

  private void put(Database database, String id, String json) {
    List<Optional<RevId>> parent = new ArrayList<>(List.of(Optional.empty()));
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            found -> {
              parent.set(0, Optional.of(found.winner().rev()));
              return true;
            });
    assertThat(
            database.update(
                new NewRevision(
                    DocId.of(id), parent.getFirst(), false, Body.parse(json), List.of())))
        .isInstanceOf(WriteResult.Written.class);
  }

  private String found(String site, String type, String query) {
    keeper.settle(clinic);
    Database seen =
        site.isEmpty() ? clinic : subsetting.seenBy(clinic, sites.book().site(site).orElseThrow());
    SearchAnswer answer =
        searches.of(seen).search(SearchRequest.of(type, SearchCase.parameters(query)));
    return SearchCase.ids(answer.page().matches()) + " " + answer.page().total().orElse(-1);
  }

  @Test
  void aSiteFindsAndCountsItsOwn() {
    assertThat(found("", "Patient", "gender=male")).isEqualTo("1 2 2");
    assertThat(found("a", "Patient", "gender=male")).isEqualTo("1 1");
    assertThat(found("b", "Observation", "subject:Patient.gender=male")).isEqualTo("y 1");
    assertThat(found("a", "Patient", "_id=2")).isEqualTo(" 0");
  }

  @Test
  void wordsOfOthersAreNotFound() {
    assertThat(found("", "Patient", "_content=male")).isEqualTo("1 2 2");
    assertThat(found("a", "Patient", "_content=male")).isEqualTo("1 1");
    assertThat(found("a", "Patient", "_filter=gender+eq+male")).isEqualTo("1 1");
    patient("1", "b");
    assertThat(found("a", "Patient", "_content=male")).isEqualTo(" 0");
    assertThat(found("b", "Patient", "_content=male")).isEqualTo("1 2 2");
  }

  @Test
  void whatMovesIsFoundWhereItIs() {
    assertThat(found("b", "Observation", "")).isEqualTo("y 1");
    patient("1", "b");
    assertThat(found("a", "Patient", "gender=male")).isEqualTo(" 0");
    assertThat(found("a", "Observation", "")).isEqualTo(" 0");
    assertThat(found("b", "Patient", "gender=male")).isEqualTo("1 2 2");
    assertThat(found("b", "Observation", "")).isEqualTo("x y 2");
  }
}
