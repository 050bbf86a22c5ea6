package org.skerry.fhir.search.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.TypeExtractor;
import org.skerry.index.IndexReading;
import org.skerry.index.Row;
import org.skerry.index.RowRange;
import org.skerry.index.ViewReading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A search index at one moment, and that of words when somebody asks for them. One thread. */
public final class RowReading implements AutoCloseable {
  private final IndexReading reading;
  private final ViewReading view;
  private final Supplier<IndexReading> opener;
  private Optional<IndexReading> words = Optional.empty();

  /**
   * Reads both.
   *
   * @param words opens the index of words; it is asked once at most
   */
  public RowReading(IndexReading reading, Supplier<IndexReading> words) {
    this.reading = reading;
    this.view = reading.view(0);
    this.opener = words;
  }

  /** The number of the change up to which documents are in all that was read. */
  public long seq() {
    long known = reading.seq().number();
    return words.map(opened -> Math.min(known, opened.seq().number())).orElse(known);
  }

  private ViewReading view(SearchParameter parameter) {
    if (!parameter.isTextual()) {
      return view;
    }
    if (words.isEmpty()) {
      words = Optional.of(opener.get());
    }
    return words.get().view(0);
  }

  /** How many rows a span has, whatever its filter. */
  public long count(Span span) {
    return view(span.parameter()).count(span.range());
  }

  /** How many resources of the type are there, by the parameter {@code _id} of the type. */
  public long resources(SearchParameter id) {
    return count(Span.of(id, TypeExtractor.PRESENT.key().get(0)));
  }

  /** Visits the rows of a span that its filter admits, in the order of keys, then documents. */
  public void rows(Span span, BiPredicate<DocId, Term> visitor) {
    view(span.parameter())
        .rows(
            span.range(),
            0,
            row -> {
              Term term = term(row);
              return !span.admits(term) || visitor.test(row.id(), term);
            });
  }

  /** Visits the documents of a span's rows, more cheaply where there is no filter. */
  public void documents(Span span, Visitor visitor) {
    view(span.parameter())
        .rows(
            span.range(),
            0,
            row -> span.filter().isPresent() && !span.admits(term(row)) || visitor.visit(row.id()));
  }

  /** Takes documents one by one. */
  @FunctionalInterface
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(DocId id);
  }

  /**
   * The keys that a span's rows have, when they are no more than so many; costs a few nodes a key.
   */
  public Optional<List<ArrayNode>> keys(Span span, int most) {
    List<ArrayNode> keys = new ArrayList<>();
    ArrayNode from = span.from();
    while (true) {
      List<ArrayNode> next = new ArrayList<>(1);
      view(span.parameter())
          .rows(
              RowRange.between(Optional.of(from), Optional.of(span.to()), false),
              0,
              row -> {
                next.add((ArrayNode) ValueReader.read(row.key()));
                return false;
              });
      if (next.isEmpty()) {
        return Optional.of(keys);
      }
      if (keys.size() == most) {
        return Optional.empty();
      }
      ArrayNode key = next.getFirst();
      keys.add(key);
      from = key.deepCopy().add(Span.HIGHEST);
    }
  }

  /** Visits the documents of one key from an id on, in the order of their ids. */
  public void documents(ArrayNode key, Optional<DocId> from, Span span, Visitor visitor) {
    RowRange range =
        new RowRange(
            Optional.of(key),
            from.map(DocId::text),
            Optional.of(key),
            Optional.empty(),
            true,
            false);
    view(span.parameter())
        .rows(
            range,
            0,
            row -> span.filter().isPresent() && !span.admits(term(row)) || visitor.visit(row.id()));
  }

  /** Takes the documents of a parameter with that of their terms by which they are sorted. */
  @FunctionalInterface
  public interface SortVisitor {
    /** Returns whether to go on. */
    boolean visit(DocId id, ArrayNode term);
  }

  /**
   * Visits the resources that have the parameter, in the order of the terms by which they are
   * sorted.
   *
   * @param after a term and the document that it was of, behind which to begin
   */
  public void sorted(
      SearchParameter parameter,
      boolean descending,
      Optional<SortPlace> after,
      SortVisitor visitor) {
    Span main = Span.main(parameter);
    Optional<JsonNode> place = after.map(one -> prefixed(parameter, one.term()));
    RowRange range =
        new RowRange(
            Optional.of(place.orElse(descending ? main.to() : main.from())),
            after.map(one -> one.id().text()),
            Optional.of(descending ? main.from() : main.to()),
            Optional.empty(),
            true,
            descending);
    view.rows(
        range,
        0,
        row ->
            !RowValue.isEnd(ValueReader.read(row.value()), descending)
                || after.filter(one -> one.id().equals(row.id())).isPresent()
                || visitor.visit(row.id(), term(row).key()));
  }

  /** A term, and the document that has it. */
  public record SortPlace(ArrayNode term, DocId id) {}

  private static ArrayNode prefixed(SearchParameter parameter, ArrayNode term) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode().add(parameter.number());
    term.values().forEach(key::add);
    return key;
  }

  private static Term term(Row row) {
    JsonNode key = ValueReader.read(row.key());
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < key.size(); i++) {
      elements.add(key.get(i));
    }
    return new Term(elements, RowValue.original(ValueReader.read(row.value())));
  }

  @Override
  public void close() {
    words.ifPresent(IndexReading::close);
    reading.close();
  }
}
