package org.skerry.fhir.search.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.fhir.search.SearchCase;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import org.skerry.index.Index;

class StreamsTest extends SearchCase {
  private static IdStream ids(String... names) {
    return new IdStream(List.of(names).stream().map(DocId::of).toList());
  }

  private static String all(DocumentStream stream) {
    List<String> found = new ArrayList<>();
    Optional<DocId> next = stream.advance(Optional.empty());
    while (next.isPresent()) {
      found.add(next.get().text());
      next = stream.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    return String.join(" ", found);
  }

  private static Conjunction of(List<DocumentStream> streams, List<DocumentStream> without) {
    return new Conjunction(streams, without, List.of(id -> !id.text().equals("x")), 10, false);
  }

  @Test
  void aConjunctionHasWhatAllHave() {
    DocumentStream a = ids("a", "c", "e", "g", "x");
    DocumentStream b = ids("b", "c", "d", "g", "x", "z");
    assertThat(all(of(List.of(a, b), List.of()))).isEqualTo("c g");
    assertThat(all(of(List.of(a, b), List.of(ids("g"))))).isEqualTo("c");
    assertThat(all(of(List.of(a, ids()), List.of()))).isEmpty();
    assertThat(of(List.of(a, b), List.of()).has(DocId.of("c"))).isTrue();
    assertThat(of(List.of(a, b), List.of()).has(DocId.of("e"))).isFalse();
    assertThat(of(List.of(a, b), List.of()).has(DocId.of("x"))).isFalse();
  }

  @Test
  void aUnionHasWhatOneHas() {
    DocumentStream union = new UnionStream(List.of(ids("a", "c"), ids("b", "c", "d"), ids()));
    assertThat(all(union)).isEqualTo("a b c d");
    assertThat(union.has(DocId.of("d"))).isTrue();
    assertThat(union.has(DocId.of("e"))).isFalse();
  }

  /** Rows of one key, asked for forwards, backwards and anywhere. */
  @RepeatedTest(3)
  void aKeysDocumentsAreFoundFromAnywhere(SplittableRandom random) {
    TreeSet<String> there = new TreeSet<>();
    for (int i = random.nextInt(400); i >= 0; i--) {
      String id = "p" + random.nextInt(1_000);
      there.add("Patient/" + id);
      put("Patient/" + id, "'gender':'male'");
    }
    SearchParameters parameters = SearchParameters.r4();
    Index index =
        indexes.open(
            database, new ResourceRows(parameters, new Extractors(parameters)).definition());
    index.catchUp();
    SearchParameter gender = parameters.get("Patient", "gender");
    Span span = Span.of(gender, Term.text("male"));
    try (RowReading rows = new RowReading(index.read(), () -> index.read())) {
      assertThat(rows.keys(span, 1)).hasValueSatisfying(keys -> assertThat(keys).hasSize(1));
      KeyStream stream = new KeyStream(rows, rows.keys(span, 1).orElseThrow().getFirst(), span);
      assertThat(all(stream)).isEqualTo(String.join(" ", there));
      for (int i = 0; i < 500; i++) {
        String from = "Patient/p" + random.nextInt(1_000);
        boolean first = random.nextInt(10) == 0;
        Optional<DocId> found =
            stream.advance(first ? Optional.empty() : Optional.of(DocId.of(from)));
        assertThat(found.map(DocId::text))
            .isEqualTo(Optional.ofNullable(first ? there.first() : there.ceiling(from)));
      }
    }
  }
}
