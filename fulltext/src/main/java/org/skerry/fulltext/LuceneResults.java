package org.skerry.fulltext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.skerry.search.BadSearchException;
import org.skerry.search.Hit;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.search.SearchUnavailableException;

/** What Lucene found, over one state of an index. */
final class LuceneResults implements SearchResults {
  static final int MAX_LIMIT = 10_000;

  /** Beyond that hits are not counted exactly, as in Nouveau. */
  private static final int COUNTED = 1_000;

  /** A query that takes longer is given up. */
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  private final OpenIndex index;
  private final IndexSearcher searcher;
  private final Ordering ordering;
  private final TopFieldDocs top;
  private final Map<String, Map<String, Long>> counts;
  private final Map<String, Map<String, Long>> ranges;
  private final long updateMillis;
  private final Runnable onClose;
  private boolean closed;

  private LuceneResults(
      OpenIndex index,
      IndexSearcher searcher,
      Ordering ordering,
      TopFieldDocs top,
      Map<String, Map<String, Long>> counts,
      Map<String, Map<String, Long>> ranges,
      long updateMillis,
      Runnable onClose) {
    this.index = index;
    this.searcher = searcher;
    this.ordering = ordering;
    this.top = top;
    this.counts = counts;
    this.ranges = ranges;
    this.updateMillis = updateMillis;
    this.onClose = onClose;
  }

  /**
   * Searches.
   *
   * @param onClose called once, when the results are closed; not when this throws
   */
  static LuceneResults search(
      OpenIndex index, SearchRequest request, long updateMillis, Runnable onClose)
      throws IOException {
    if (request.limit() < 1 || request.limit() > MAX_LIMIT) {
      throw new BadSearchException("limit parameter must be from 1 to " + MAX_LIMIT);
    }
    index.facets().check(request);
    Query query =
        new QueryReader(index.analyzer(), index.types()).read(request.query(), request.locale());
    Ordering ordering = Ordering.of(request.sort(), index.types());
    Optional<FieldDoc> after = request.after().map(ordering::after);
    IndexSearcher searcher = index.acquire();
    boolean whole = false;
    try {
      IndexSearcher timed = new IndexSearcher(searcher.getIndexReader());
      timed.setQueryCache(null);
      long start = System.nanoTime();
      timed.setTimeout(() -> System.nanoTime() - start > TIMEOUT_NANOS);
      Object[] found = found(query, timed, collectors(request, timed, ordering, after));
      if (timed.timedOut()) {
        throw new SearchUnavailableException("The query took too long and was given up.");
      }
      Map<String, Map<String, Long>> counts = Map.of();
      Map<String, Map<String, Long>> ranges = Map.of();
      if (Facets.wanted(request)) {
        FacetsCollector hits = (FacetsCollector) found[1];
        counts = index.facets().counts(request, searcher.getIndexReader(), hits);
        ranges = index.facets().ranges(request, searcher.getIndexReader(), hits);
      }
      LuceneResults results =
          new LuceneResults(
              index,
              searcher,
              ordering,
              (TopFieldDocs) found[0],
              counts,
              ranges,
              updateMillis,
              onClose);
      whole = true;
      return results;
    } finally {
      if (!whole) {
        index.release(searcher);
      }
    }
  }

  private static Object[] found(Query query, IndexSearcher searcher, MultiCollectorManager wanted)
      throws IOException {
    try {
      return searcher.search(query, wanted);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // A query that its field cannot answer, such as a phrase of a string.
      throw new BadSearchException(String.valueOf(e.getMessage()));
    } catch (IndexSearcher.TooManyClauses e) {
      throw new BadSearchException(
          "the query matches more than " + IndexSearcher.getMaxClauseCount() + " terms");
    }
  }

  private static MultiCollectorManager collectors(
      SearchRequest request, IndexSearcher searcher, Ordering ordering, Optional<FieldDoc> after) {
    int most = Math.clamp(searcher.getIndexReader().maxDoc(), 1, request.limit());
    TopFieldCollectorManager hits =
        new TopFieldCollectorManager(ordering.sort(), most, after.orElse(null), COUNTED);
    return Facets.wanted(request)
        ? new MultiCollectorManager(hits, new FacetsCollectorManager())
        : new MultiCollectorManager(hits);
  }

  @Override
  public long total() {
    return top.totalHits.value();
  }

  @Override
  public boolean exact() {
    return top.totalHits.relation() == TotalHits.Relation.EQUAL_TO;
  }

  @Override
  public int size() {
    return top.scoreDocs.length;
  }

  @Override
  public Optional<List<OrderValue>> last() {
    return top.scoreDocs.length == 0
        ? Optional.empty()
        : Optional.of(ordering.values((FieldDoc) top.scoreDocs[top.scoreDocs.length - 1]));
  }

  @Override
  public Map<String, Map<String, Long>> counts() {
    return counts;
  }

  @Override
  public Map<String, Map<String, Long>> ranges() {
    return ranges;
  }

  @Override
  public long updateMillis() {
    return updateMillis;
  }

  @Override
  public void forEach(Consumer<Hit> visitor) {
    try {
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit : top.scoreDocs) {
        visitor.accept(hit(stored.document(hit.doc), (FieldDoc) hit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Hit hit(Document document, FieldDoc hit) {
    List<Hit.Stored> fields = new ArrayList<>();
    for (IndexableField field : document.getFields()) {
      String name = field.name();
      if (name.equals(LuceneDocuments.ID)) {
        continue;
      }
      fields.add(
          switch (field.storedValue().getType()) {
            case DOUBLE -> new Hit.StoredNumber(name, field.storedValue().getDoubleValue());
            case STRING -> new Hit.StoredText(name, field.storedValue().getStringValue());
            case BINARY ->
                new Hit.StoredText(name, field.storedValue().getBinaryValue().utf8ToString());
            default -> throw new IllegalStateException("nothing else is stored: " + field);
          });
    }
    return new Hit(document.get(LuceneDocuments.ID), ordering.values(hit), fields);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      index.release(searcher);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      onClose.run();
    }
  }
}
