package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.search.BadSearchException;
import org.skerry.search.FacetRange;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.testing.Seeded;

/** Requests that cannot be answered are refused with what is wrong and where; never otherwise. */
class BadQueriesTest extends SearchCase {
  /** Everything that means something to the parser, and some that means nothing. */
  private static final List<String> PIECES =
      List.of(
          "one",
          "two",
          "Sname:",
          "Nsize:",
          "default:",
          "x",
          "*",
          "?",
          "~",
          "^2",
          "^",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          " TO ",
          " AND ",
          " OR ",
          " NOT ",
          "+",
          "-",
          "!",
          "\"",
          "/",
          "\\",
          ":",
          "&&",
          "||",
          " ",
          "1",
          "1.5",
          "-Infinity",
          "é",
          "日本",
          "\uD800",
          "<",
          ">",
          "=",
          "~0.5",
          "fn:ordered(",
          "fn:maxgaps(2 ",
          "fn:phrase(",
          "fn:atLeast(",
          "@2",
          "#",
          "%",
          "\u0000",
          "\n",
          "_id:a",
          "1e400");

  private static final SearchRequest ALL = SearchRequest.of("*:*");

  @BeforeEach
  void write() {
    put("a", "{\"default\":\"one two\",\"Sname\":\"x\",\"Nsize\":1,\"kept\":\"-\"}");
    assertThat(found("*:*")).hasSize(1);
  }

  private void assertRefused(SearchRequest request, String... parts) {
    assertThatThrownBy(() -> search(request).close())
        .as("%.200s", request)
        .isInstanceOf(BadSearchException.class)
        .hasMessageContainingAll(parts);
  }

  private void assertRefused(String query, String... parts) {
    assertRefused(SearchRequest.of(query), parts);
  }

  @Test
  void aSyntaxErrorIsNamedWithItsPlace() {
    assertRefused("Nsize:[1 TO", "cannot parse Nsize:[1 TO", "the end at line 1, column 12");
    assertRefused("a AND", "the end at line 1, column 6");
    assertRefused("a:b:c", "\":\" at line 1, column 4");
    assertRefused("(a b", "the end at line 1, column 5");
    assertRefused("a\nb )", "\")\" at line 2, column 3");
    assertRefused("\"abc", "line 1, column 5");
    assertRefused("a\\", "line 1, column 3");
    assertRefused("", "the end at line 1, column 1");
    assertRefused("  ", "the end at line 1");
  }

  @Test
  void whatCannotBeSearchedIsRefused() {
    assertRefused("*x", "Leading wildcard");
    assertRefused("/[/", "cannot parse /[/");
    assertRefused("Nsize:[a TO b]", "cannot parse Nsize:[a TO b]");
    assertRefused("Nsize:12abc", "12abc");
    assertRefused("Sname:\"a b\"", "without position data");
    assertRefused("*<two", "cannot parse *<two: it means nothing");
    assertRefused("/(a|b|c|d|e){900}(a|b|c|d|e){900}.*x.{900}/", "cannot parse");
  }

  @Test
  void tooMuchIsRefused() {
    assertRefused("a".repeat(QueryReader.MAX_LENGTH + 1), "longer than");
    assertRefused("(".repeat(101) + "a" + ")".repeat(101), "nested deeper than 100 at column 101");
    assertThat(found("(".repeat(100) + "one" + ")".repeat(100))).hasSize(1);
    assertThat(found("\"" + "(".repeat(500) + "\" one")).hasSize(1);
    assertRefused(String.join(" ", Collections.nCopies(2_000, "a")), "more than 1024 clauses");
    assertRefused(ALL.withLimit(0), "limit parameter must be from 1 to 10000");
    assertRefused(ALL.withLimit(10_001), "limit parameter must be from 1 to 10000");
    assertRefused(ALL.withSort(Collections.nCopies(51, "Sname")), "more than 50 fields");
    assertRefused(
        ALL.withFacets(Collections.nCopies(101, "Sname"), Map.of(), 10), "more than 100 fields");
    assertRefused(
        ALL.withFacets(List.of(), Map.of("Nsize", Collections.nCopies(1_001, range(0, 1))), 10),
        "more than 1000 ranges");
    assertRefused(ALL.withFacets(List.of("Sname"), Map.of(), 1_001), "top_n");
    assertRefused(ALL.withFacets(List.of("Sname"), Map.of(), 0), "top_n");
  }

  private static FacetRange range(double min, double max) {
    return new FacetRange("r", OptionalDouble.of(min), true, OptionalDouble.of(max), true);
  }

  @Test
  void fieldsThatCannotBeSortedOrCountedAreRefused() {
    assertRefused(ALL.withSort(List.of("default")), "can't sort on field default");
    assertRefused(ALL.withSort(List.of("kept")), "can't sort on field kept");
    for (String sort : List.of("", "-", "--a", "a b", "<string>", "a<")) {
      assertRefused(ALL.withSort(List.of(sort)), sort + " is not a valid sort parameter");
    }
    assertRefused(ALL.withFacets(List.of("Nsize"), Map.of(), 10), "can't count field Nsize");
    assertRefused(
        ALL.withFacets(List.of(), Map.of("Sname", List.of(range(0, 1))), 10),
        "can't make ranges of field Sname");
    assertRefused(
        ALL.withFacets(List.of(), Map.of("Nsize", List.of(range(2, 1))), 10), "contains no number");
  }

  @Test
  void aPlaceOfAnotherOrderIsRefused() {
    OrderValue id = new OrderValue.Text("a");
    assertRefused(ALL.after(List.of()), "another sort order");
    assertRefused(ALL.after(List.of(id)), "another sort order");
    assertRefused(ALL.after(List.of(id, id)), "another sort order");
    assertRefused(ALL.after(List.of(new OrderValue.Absent(), id)), "another sort order");
    assertRefused(
        ALL.withSort(List.of("Nsize")).after(List.of(new OrderValue.Score(1), id)),
        "another sort order");
    assertThat(hits(ALL.withSort(List.of("-Nsize")).after(List.of(new OrderValue.Absent(), id))))
        .isEmpty();
  }

  @Test
  @ExtendWith(Seeded.class)
  void whateverIsAskedIsAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < 3_000; i++) {
      StringBuilder query = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        query.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      try {
        search(SearchRequest.of(query.toString())).close();
      } catch (BadSearchException e) {
        assertThat(e.getMessage()).containsAnyOf("Syntax Error, cannot parse ", "field");
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "query " + query + " as " + Arrays.toString(query.toString().toCharArray()), e);
      }
    }
    assertThat(found("*:*")).hasSize(1);
  }
}
