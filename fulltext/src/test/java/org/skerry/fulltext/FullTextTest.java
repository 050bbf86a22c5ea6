package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.BadSearchException;
import org.skerry.search.FacetRange;
import org.skerry.search.Hit;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexState;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.store.Fields;
import org.skerry.store.PurgeRequest;

/** What Nouveau's users see, with the documents of its own tests. */
class FullTextTest extends SearchCase {
  private static final SearchRequest ALL = SearchRequest.of("*:*");

  @BeforeEach
  void write() {
    put("doc4", "{\"Sfoo\":\"foo\",\"Nbar\":42,\"default\":\"hello there\"}");
    put("doc3", "{\"Sfoo\":\"bar\",\"Nbar\":12.0,\"default\":\"Hello\"}");
    put("doc1", "{\"Sfoo\":\"baz\",\"Nbar\":0,\"default\":\"there\"}");
    put("doc2", "{\"Sfoo\":\"foobar\",\"Nbar\":100,\"default\":\"hi\"}");
  }

  @Test
  void everythingIsFoundInTheOrderOfIdsWhenAllAreAlike() {
    assertThat(ids(ALL)).containsExactly("doc1", "doc2", "doc3", "doc4");
  }

  @Test
  void theDefaultFieldIsSearchedByWordsAndTheBestComeFirst() {
    assertThat(ids(SearchRequest.of("hello"))).containsExactly("doc3", "doc4");
    assertThat(found("hello AND there")).containsExactly("doc4");
    assertThat(found("hello OR hi")).containsExactly("doc2", "doc3", "doc4");
    assertThat(found("there -hello")).containsExactly("doc1");
    assertThat(found("\"hello there\"")).containsExactly("doc4");
    assertThat(found("\"there hello\"")).isEmpty();
    assertThat(found("hel*")).containsExactly("doc3", "doc4");
    assertThat(found("h?llo")).containsExactly("doc3", "doc4");
    assertThat(found("hallo~1")).containsExactly("doc3", "doc4");
    assertThat(found("/he[l]+o/")).containsExactly("doc3", "doc4");
  }

  @Test
  void stringsAreFoundAsAWholeAndByRange() {
    assertThat(found("Sfoo:bar")).containsExactly("doc3");
    assertThat(found("Sfoo:foo*")).containsExactly("doc2", "doc4");
    assertThat(found("Sfoo:[bar TO foo]")).containsExactly("doc1", "doc3", "doc4");
    assertThat(found("Sfoo:{bar TO foo}")).containsExactly("doc1");
  }

  @Test
  void numbersAreFoundByRange() {
    assertThat(found("Nbar:[10 TO 42]")).containsExactly("doc3", "doc4");
    assertThat(found("Nbar:{12 TO 1e2]")).containsExactly("doc2", "doc4");
    assertThat(found("Nbar:42")).containsExactly("doc4");
    assertThat(found("Nbar:[-Infinity TO 12]")).containsExactly("doc1", "doc3");
    assertThat(found("Nbar:[42 TO Infinity]")).containsExactly("doc2", "doc4");
    assertThat(found("Nbar:[42 TO *]")).containsExactly("doc2", "doc4");
  }

  @Test
  void aLocaleSaysHowNumbersAreWritten() {
    SearchRequest request = SearchRequest.of("Nbar:[10.0 TO 20.0]");
    assertThat(ids(request)).containsExactly("doc3");
    assertThat(ids(request.withLocale(Locale.of("us")))).containsExactly("doc3");
    assertThat(ids(request.withLocale(Locale.of("de")))).containsExactly("doc2");
  }

  @Test
  void hitsComeInTheOrderAskedFor() {
    assertThat(ids(ALL.withSort(List.of("Sfoo")))).containsExactly("doc3", "doc1", "doc4", "doc2");
    assertThat(ids(ALL.withSort(List.of("-Sfoo<string>"))))
        .containsExactly("doc2", "doc4", "doc1", "doc3");
    assertThat(ids(ALL.withSort(List.of("Nbar")))).containsExactly("doc1", "doc3", "doc4", "doc2");
    assertThat(ids(ALL.withSort(List.of("-Nbar<double>"))))
        .containsExactly("doc2", "doc4", "doc3", "doc1");
    assertThat(ids(ALL.withSort(List.of("-_id")))).containsExactly("doc4", "doc3", "doc2", "doc1");
    assertThat(ids(ALL.withSort(List.of("nothing"))))
        .containsExactly("doc1", "doc2", "doc3", "doc4");
  }

  @Test
  void aHitTellsItsPlaceInTheOrder() {
    assertThat(hits(ALL.withSort(List.of("Sfoo", "none", "Nbar"))).getFirst().order())
        .containsExactly(
            new OrderValue.Text("bar"),
            new OrderValue.Absent(),
            new OrderValue.Number(12.0),
            new OrderValue.Text("doc3"));
    assertThat(hits(ALL).getFirst().order())
        .containsExactly(new OrderValue.Score(1), new OrderValue.Text("doc1"));
  }

  @Test
  void pagesFollowEachOtherInEveryOrder() {
    put("doc5", "{\"default\":\"no foo and no bar\"}");
    for (List<String> sort :
        List.of(
            List.<String>of(),
            List.of("Sfoo"),
            List.of("-Sfoo"),
            List.of("Nbar"),
            List.of("-Nbar", "Sfoo"),
            List.of("none", "-_id"),
            List.of("-relevance"))) {
      SearchRequest page = ALL.withSort(sort).withLimit(2);
      List<String> whole = ids(ALL.withSort(sort));
      List<Hit> first = hits(page);
      List<Hit> second = hits(page.after(first.getLast().order()));
      List<Hit> third = hits(page.after(second.getLast().order()));
      assertThat(List.of(first, second, third).stream().flatMap(List::stream).map(Hit::id))
          .as("sort %s", sort)
          .containsExactlyElementsOf(whole);
      assertThat(hits(page.after(third.getLast().order()))).isEmpty();
    }
  }

  @Test
  void valuesAndRangesAreCounted() {
    put("doc5", "{\"Sfoo\":\"foo\",\"Nbar\":7}");
    Map<String, List<FacetRange>> ranges =
        Map.of(
            "Nbar",
            List.of(
                new FacetRange("cheap", OptionalDouble.empty(), true, OptionalDouble.of(42), true),
                new FacetRange(
                    "expensive", OptionalDouble.of(42), false, OptionalDouble.empty(), true),
                new FacetRange(
                    "absurd", OptionalDouble.of(1e9), true, OptionalDouble.empty(), true)));
    try (SearchResults results = search(ALL.withFacets(List.of("Sfoo", "none"), ranges, 10))) {
      assertThat(results.counts())
          .containsOnly(
              entry("Sfoo", Map.of("foo", 2L, "bar", 1L, "baz", 1L, "foobar", 1L)),
              entry("none", Map.of()));
      assertThat(results.counts().get("Sfoo").keySet().iterator().next()).isEqualTo("foo");
      assertThat(results.ranges())
          .containsOnly(entry("Nbar", Map.of("cheap", 4L, "expensive", 1L)));
    }
    try (SearchResults results = search(ALL.withFacets(List.of("Sfoo"), ranges, 1))) {
      assertThat(results.counts()).containsOnly(entry("Sfoo", Map.of("foo", 2L)));
      assertThat(results.ranges()).containsOnly(entry("Nbar", Map.of("cheap", 4L)));
    }
  }

  @Test
  void countsFollowTheIndex() {
    SearchRequest counted = SearchRequest.of("hello").withFacets(List.of("Sfoo"), Map.of(), 10);
    try (SearchResults results = search(counted)) {
      assertThat(results.counts()).containsOnly(entry("Sfoo", Map.of("foo", 1L, "bar", 1L)));
    }
    put("doc4", "{\"Sfoo\":\"new\",\"default\":\"hello\"}");
    try (SearchResults results = search(counted)) {
      assertThat(results.counts()).containsOnly(entry("Sfoo", Map.of("new", 1L, "bar", 1L)));
    }
  }

  @Test
  void storedFieldsComeWithTheHit() {
    put(
        "doc5",
        "{\"Scolor\":[\"red\",\"green\"],\"Nsize\":1.5,\"sx\":\"-\",\"kseen\":7,\"ky\":\"z\"}");
    assertThat(hits(SearchRequest.of("Scolor:green")).getFirst().fields())
        .containsExactly(
            new Hit.StoredText("Scolor", "red"),
            new Hit.StoredText("Scolor", "green"),
            new Hit.StoredNumber("Nsize", 1.5),
            new Hit.StoredNumber("kseen", 7),
            new Hit.StoredText("ky", "z"));
  }

  @Test
  void aChangedDocumentIsFoundByWhatItIsNow() {
    assertThat(found("hi")).containsExactly("doc2");
    put("doc2", "{\"default\":\"bye\"}");
    assertThat(found("hi")).isEmpty();
    assertThat(found("bye")).containsExactly("doc2");
    put("doc2", "{}");
    assertThat(found("*:*")).as("without fields").containsExactly("doc1", "doc3", "doc4");
  }

  @Test
  void whatIsDeletedOrPurgedLeaves() {
    assertThat(found("*:*")).hasSize(4);
    delete("doc2");
    assertThat(found("*:*")).containsExactly("doc1", "doc3", "doc4");
    purge("doc3");
    assertThat(found("*:*")).containsExactly("doc1", "doc4");
    put("doc2", "{\"default\":\"again\"}");
    put("doc3", "{\"default\":\"again\"}");
    assertThat(found("again")).containsExactly("doc2", "doc3");
  }

  @Test
  void whatIsPurgedAndWrittenAgainIsFound() {
    assertThat(found("*:*")).hasSize(4);
    purge("doc3");
    put("doc3", "{\"default\":\"again\"}");
    assertThat(found("again")).containsExactly("doc3");
    restart();
    assertThat(found("*:*")).hasSize(4);
  }

  private void purge(String id) {
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> {
              database
                  .store()
                  .purge(
                      List.of(new PurgeRequest(document.id(), List.of(document.winner().rev()))));
              return true;
            });
  }

  @Test
  void theWinnerIsWhatIsIndexed() {
    put("_design/x", "{\"default\":\"hello\"}");
    assertThat(found("hello")).as("design documents are code").containsExactly("doc3", "doc4");
  }

  @Test
  void aDocumentForWhichTheFunctionFailsIsLeftOutAndStopsNothing() {
    assertThat(found("hello")).containsExactly("doc3", "doc4");
    put("doc3", "{\"default\":\"hello\",\"fail\":\"TypeError: doc.x is undefined\"}");
    put("doc5", "{\"default\":\"hello\"}");
    assertThat(found("hello")).containsExactly("doc4", "doc5");
    put("doc3", "{\"default\":\"hello\"}");
    assertThat(found("hello")).containsExactly("doc3", "doc4", "doc5");
  }

  @Test
  void aFieldOfAnotherTypeOrTooLongAStringLeavesItsDocumentOut() {
    assertThat(found("*:*")).hasSize(4);
    put("doc5", "{\"Sfoo\":\"" + "x".repeat(40_000) + "\"}");
    put("doc6", "{\"Sfoo\":\"short\"}");
    assertThat(found("*:*")).hasSize(5).doesNotContain("doc5");
    assertThat(functions.runs.get()).isEqualTo(6);
  }

  @Test
  void anOldStateIsReadWhenItMayBe() {
    assertThat(ids(ALL.withoutUpdate())).as("never asked").isEmpty();
    assertThat(indexFolder()).doesNotExist();
    assertThat(ids(ALL)).hasSize(4);
    put("doc5", "{\"default\":\"new\"}");
    assertThat(ids(ALL.withoutUpdate())).hasSize(4);
    assertThat(ids(ALL)).hasSize(5);
  }

  @Test
  void resultsStayAsTheyWere() {
    try (SearchResults results = search(ALL)) {
      delete("doc1");
      assertThat(found("*:*")).hasSize(3);
      int[] count = {0};
      results.forEach(hit -> count[0]++);
      assertThat(count[0]).isEqualTo(4);
      assertThat(results.total()).isEqualTo(4);
      assertThat(results.exact()).isTrue();
    }
  }

  @Test
  void anIndexTellsItsState() {
    assertThat(fullText.state(database, DEFINITION)).isEqualTo(IndexState.NONE);
    assertThat(found("*:*")).hasSize(4);
    IndexState state = fullText.state(database, DEFINITION);
    assertThat(state.documents()).isEqualTo(4);
    assertThat(state.updateSeq()).isEqualTo(database.store().now().number());
    assertThat(state.bytes()).isPositive();
    assertThat(fullText.building()).isEmpty();
    assertThat(new IndexBuild(7, "db", PLACE, java.time.Instant.EPOCH, 1, 2).total()).isEqualTo(2);
  }

  @Test
  void definitionsThatAreNoneAreRefused() {
    IndexDefinition unknown = IndexDefinition.javascript("f", "standard", Map.of("x", "klingon"));
    assertThatThrownBy(() -> fullText.search(database, PLACE, unknown, ALL))
        .isInstanceOf(BadSearchException.class)
        .hasMessage("klingon is not a valid analyzer name");
    assertThatThrownBy(() -> fullText.search(database, PLACE, standard("a syntax error"), ALL))
        .isInstanceOf(BadIndexFunctionException.class);
    assertThat(found("hi")).as("others go on").containsExactly("doc2");
  }

  @Test
  void eachFieldHasItsAnalyzer() throws InterruptedException {
    IndexDefinition german =
        IndexDefinition.javascript("f", "keyword", Map.of("default", "german"));
    put("doc5", "{\"default\":\"die Häuser\",\"tkey\":\"Two Words\"}");
    for (String query : List.of("haus", "default:häuser", "tkey:\"Two Words\"")) {
      try (SearchResults results =
          fullText.search(database, PLACE, german, SearchRequest.of(query))) {
        assertThat(results.total()).as(query).isEqualTo(1);
      }
    }
  }
}
