package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.database.Author;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;

class DefinitionsTest {
  private final Newsroom room = new Newsroom(new MemoryStore(), new MemoryOrderedStore());

  private String refused(String category, String json) {
    WriteResult result = room.define(category, json);
    assertThat(result).isInstanceOf(WriteResult.Forbidden.class);
    return ((WriteResult.Forbidden) result).reason();
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    String reason =
        refused(
            "Bad Category",
            "{\"database\":\"_users\",\"type\":\"Pa tient\",\"selector\":{},\"page_size\":0,"
                + "\"links\":{\"a b\":\"/x\",\"fhir\":\"/x?a=1&b=2\",\"rest\":\"/{unknown}\"},"
                + "\"filter\":{\"bean\":1},\"readers\":[{\"name\":\"x\",\"sha256\":\"short\"}],"
                + "\"pagesize\":5,\"title\":\"\"}");
    assertThat(reason)
        .contains("the id must be a category")
        .contains("`database` is no name of a database with documents: `_users`")
        .contains("`type` must be")
        .contains("exactly one of `type` and `selector`")
        .contains("`page_size` must be a number from 1 to 1000")
        .contains("`links.a b` has a name that is none")
        .contains("`links.fhir` must be made of what a URL may contain, and of no `&`")
        .contains("`links.rest` has the unknown placeholder {unknown}")
        .contains("`filter` must be")
        .contains("each of `readers` needs")
        .contains("unknown member `pagesize`")
        .contains("`title` must be a text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"database\":\"clinic\"}",
        "{\"database\":\"clinic\",\"type\":7}",
        "{\"database\":\"Clinic\",\"type\":\"Patient\"}",
        "{\"database\":\"clinic\",\"selector\":{\"$nonsense\":1}}",
        "{\"database\":\"clinic\",\"selector\":[]}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"readers\":[]}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"readers\":\"everyone\"}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"links\":{}}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"links\":{\"fhir\":\"/{id\"}}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"links\":{\"fhir\":\"<a>\"}}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":1.5}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":1001}",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"filter\":{\"bean\":\"b\",\"members\":[\"a..b\"]}}"
      })
  void whatDescribesNoFeedIsRefused(String json) {
    assertThat(refused("patient", json)).isNotEmpty();
  }

  @Test
  void onlyServerAdministratorsDescribeFeeds() {
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\"}");
    Author admin = new Author(Optional.of("desk"), Set.of("feeds"));
    WriteResult result =
        room.databases
            .find(FeedDefinition.DATABASE)
            .orElseThrow()
            .update(
                new NewRevision(
                    DocId.of("person"),
                    Optional.empty(),
                    false,
                    Body.parse("{\"database\":\"clinic\",\"type\":\"Person\"}"),
                    List.of()),
                admin);
    assertThat(result).isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void nobodyButTheNodeWritesEvents() {
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\"}");
    room.write("Patient/1", "{\"resourceType\":\"Patient\"}");
    room.pages("patient");
    Author admin = new Author(Optional.of("admin"), Set.of("_admin"));
    WriteResult result =
        room.databases
            .find(EventLog.DATABASE)
            .orElseThrow()
            .update(
                new NewRevision(
                    DocId.of("patient/000000000009/000001"),
                    Optional.empty(),
                    false,
                    Body.EMPTY,
                    List.of()),
                admin);
    assertThat(result).isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void withoutWordsOfItsOwnAFeedHasTheUsualOnes() {
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\"}");
    FeedDefinition feed = room.feeds.definition("patient").orElseThrow();
    assertThat(feed.title()).isEqualTo("Patient");
    assertThat(feed.pageSize()).isEqualTo(50);
    assertThat(feed.readers()).isEqualTo(new Readers.Members());
    assertThat(feed.content(DocId.of("Patient/a b&c<d")))
        .isEqualTo("{\"fhir\":\"/fhir/clinic/Patient/a%20b%26c%3Cd\"}");
  }

  @Test
  void linksAreWhatTheirTemplatesSay() {
    room.define(
        "patient",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"links\":{"
            + "\"rest\":\"/ws/rest/v1/patient/{uuid}?v=full\",\"couch\":\"/{database}/{document}\","
            + "\"fhir\":\"/ws/fhir/{type}/{uuid}\"}}");
    FeedDefinition feed = room.feeds.definition("patient").orElseThrow();
    assertThat(feed.content(DocId.of("Patient/1-$2")))
        .isEqualTo(
            "{\"couch\":\"/clinic/Patient%2F1-%242\",\"fhir\":\"/ws/fhir/Patient/1-%242\","
                + "\"rest\":\"/ws/rest/v1/patient/1-%242?v=full\"}");
  }

  @Test
  void aDescriptionThatIsDeletedEndsItsFeed() {
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Patient\"}");
    assertThat(room.feeds.definition("patient")).isPresent();
    room.define("patient", "{\"database\":\"clinic\",\"type\":\"Person\"}");
    assertThat(room.feeds.definition("patient").orElseThrow().title()).isEqualTo("Person");
    room.databases.drop(FeedDefinition.DATABASE);
    assertThat(room.feeds.definition("patient")).isEmpty();
    assertThat(room.feeds.definition("no such category!")).isEmpty();
  }
}
