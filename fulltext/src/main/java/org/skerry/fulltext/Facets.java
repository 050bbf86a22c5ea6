package org.skerry.fulltext;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.StringDocValuesReaderState;
import org.apache.lucene.facet.StringValueFacetCounts;
import org.apache.lucene.facet.range.DoubleRange;
import org.apache.lucene.facet.range.DoubleRangeFacetCounts;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.skerry.search.BadSearchException;
import org.skerry.search.FacetRange;
import org.skerry.search.SearchRequest;

/**
 * Counts hits by the values and ranges of their fields. A field that no document has counts
 * nothing.
 *
 * <p>Counting strings needs a table over all segments of a reader, which costs the number of
 * different values; it is kept as long as the reader. Any thread may call.
 */
final class Facets {
  static final int MAX_FIELDS = 100;
  static final int MAX_RANGES = 1_000;
  static final int MAX_TOP = 1_000;

  private final FieldTypes types;

  /** Volatile: replaced as a whole when there is a new reader. */
  private volatile Optional<Tables> tables = Optional.empty();

  private record Tables(IndexReader reader, Map<String, StringDocValuesReaderState> byField) {}

  Facets(FieldTypes types) {
    this.types = types;
  }

  /** Whether a request wants something counted. */
  static boolean wanted(SearchRequest request) {
    return !request.counts().isEmpty() || !request.ranges().isEmpty();
  }

  /**
   * Refuses what cannot be counted.
   *
   * @throws BadSearchException says what
   */
  void check(SearchRequest request) {
    if (request.counts().size() + request.ranges().size() > MAX_FIELDS) {
      throw new BadSearchException("counts and ranges name more than " + MAX_FIELDS + " fields");
    }
    if (request.ranges().values().stream().mapToInt(List::size).sum() > MAX_RANGES) {
      throw new BadSearchException("there are more than " + MAX_RANGES + " ranges");
    }
    if (request.topN() < 1 || request.topN() > MAX_TOP) {
      throw new BadSearchException("top_n must be from 1 to " + MAX_TOP);
    }
    request.counts().forEach(field -> checkType(field, FieldTypes.Type.STRING, "count"));
    request
        .ranges()
        .forEach(
            (field, ranges) -> {
              checkType(field, FieldTypes.Type.DOUBLE, "make ranges of");
              ranges.forEach(Facets::range);
            });
  }

  private void checkType(String field, FieldTypes.Type wanted, String what) {
    if (types.of(field).filter(type -> type != wanted).isPresent()) {
      throw new BadSearchException("can't " + what + " field " + field + ", which is no " + wanted);
    }
  }

  /** Counts by value. */
  Map<String, Map<String, Long>> counts(
      SearchRequest request, IndexReader reader, FacetsCollector hits) throws IOException {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (String field : request.counts()) {
      counts.put(
          field,
          has(reader, field)
              ? top(new StringValueFacetCounts(table(reader, field), hits), request, field)
              : Map.of());
    }
    return counts;
  }

  /** Counts by range. */
  Map<String, Map<String, Long>> ranges(
      SearchRequest request, IndexReader reader, FacetsCollector hits) throws IOException {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (Map.Entry<String, List<FacetRange>> entry : request.ranges().entrySet()) {
      String field = entry.getKey();
      DoubleRange[] ranges =
          entry.getValue().stream().map(Facets::range).toArray(DoubleRange[]::new);
      counts.put(
          field,
          has(reader, field) && ranges.length > 0
              ? top(new DoubleRangeFacetCounts(field, hits, ranges), request, field)
              : Map.of());
    }
    return counts;
  }

  private static DoubleRange range(FacetRange range) {
    try {
      return new DoubleRange(
          range.label(),
          range.min().orElse(Double.NEGATIVE_INFINITY),
          range.minInclusive(),
          range.max().orElse(Double.POSITIVE_INFINITY),
          range.maxInclusive());
    } catch (IllegalArgumentException e) {
      throw new BadSearchException("the range " + range.label() + " contains no number");
    }
  }

  private static Map<String, Long> top(
      org.apache.lucene.facet.Facets facets, SearchRequest request, String field)
      throws IOException {
    Map<String, Long> top = new LinkedHashMap<>();
    FacetResult result = facets.getTopChildren(request.topN(), field);
    if (result != null) {
      for (LabelAndValue one : result.labelValues) {
        top.merge(one.label, one.value.longValue(), Long::sum);
      }
    }
    return top;
  }

  private static boolean has(IndexReader reader, String field) {
    return FieldInfos.getMergedFieldInfos(reader).fieldInfo(field) != null;
  }

  private StringDocValuesReaderState table(IndexReader reader, String field) throws IOException {
    Tables current = tables.filter(known -> known.reader.equals(reader)).orElse(null);
    if (current == null) {
      current = new Tables(reader, new ConcurrentHashMap<>());
      tables = Optional.of(current);
    }
    StringDocValuesReaderState known = current.byField.get(field);
    if (known == null) {
      known = new StringDocValuesReaderState(reader, field);
      current.byField.put(field, known);
    }
    return known;
  }
}
