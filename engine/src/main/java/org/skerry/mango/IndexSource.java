package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * The documents that a JSON index leads to. Rows are read in batches, the documents of a batch at
 * once; where the index covers the query, none are read. A document that changed since the index
 * was brought up to date is tested as it is now.
 */
final class IndexSource implements Source {
  private static final int SMALLEST_BATCH = 25;
  private static final int LARGEST_BATCH = 1_000;

  private final Database database;
  private final IndexRows rows;
  private final MangoIndex.Json index;
  private final FindRequest request;
  private final KeyRange range;
  private final boolean covering;
  private final Matcher matcher;
  private final ExecutionStats stats;
  private int batch = SMALLEST_BATCH;

  /** The last row that was looked at, once there is one. */
  private Optional<Row> last = Optional.empty();

  IndexSource(
      Database database, IndexRows rows, MangoIndex.Json index, Plan plan, ExecutionStats stats) {
    this.database = database;
    this.rows = rows;
    this.index = index;
    this.request = plan.request();
    this.range = KeyRange.of(index.columns(), plan.ranges());
    this.covering = plan.isCovering();
    this.matcher = new Matcher(request);
    this.stats = stats;
    if (request.updates() && !plan.isEmpty()) {
      rows.catchUp(database, index);
    }
  }

  /** Keys are read as JSON only where somebody looks into them. */
  private record Row(DocId id, byte[] json) {
    JsonNode key() {
      return ValueReader.read(json);
    }

    String bookmark() {
      return Bookmark.text(id, json);
    }
  }

  @Override
  public boolean read(Page page) {
    List<Row> some = new ArrayList<>();
    Optional<Bookmark> after =
        last.isEmpty()
            ? request.bookmark()
            : Optional.of(new Bookmark(last.get().key(), last.get().id()));
    int most = Math.clamp(page.wanted(), batch, LARGEST_BATCH);
    rows.read(
        database,
        index,
        new IndexRows.Part(range, after, request.sort().descending()),
        (id, key) -> {
          some.add(new Row(id, key));
          return some.size() < most;
        });
    int used = covering ? fromRows(some, page) : fromDocuments(some, page);
    if (used > 0) {
      last = Optional.of(some.get(used - 1));
    }
    batch = Math.min(LARGEST_BATCH, 2 * batch);
    return used < some.size() || some.size() == most;
  }

  /** Returns how many rows were looked at. */
  private int fromRows(List<Row> some, Page page) {
    KeyMaker keys = new KeyMaker(index.definition());
    int used = 0;
    while (used < some.size() && !page.isFull()) {
      Row row = some.get(used++);
      stats.key();
      matcher
          .match(keys.document(row.id(), row.key()))
          .ifPresent(found -> page.add(found, row::bookmark));
    }
    return used;
  }

  private int fromDocuments(List<Row> some, Page page) {
    Looking looking = new Looking(some, page);
    List<DocId> ids = new ArrayList<>(some.size());
    for (Row row : some) {
      ids.add(row.id());
    }
    database.store().load(ids, Fields.WINNER, looking::visit);
    int used = page.isFull() ? looking.at : some.size();
    for (int i = 0; i < used; i++) {
      stats.key();
    }
    return used;
  }

  /** A look at the documents of a batch, which stops when the page is full. */
  private final class Looking {
    private final List<Row> some;
    private final Page page;

    /** How many rows were looked at. */
    private int at;

    Looking(List<Row> some, Page page) {
      this.some = some;
      this.page = page;
    }

    /** Documents come in the order of the rows; those that are gone do not come. */
    boolean visit(StoredDocument document) {
      Row row = some.get(at++);
      while (!row.id().equals(document.id())) {
        row = some.get(at++);
      }
      if (document.deleted()) {
        return true;
      }
      if (request.readsApart()) {
        stats.documentApart();
      } else {
        stats.document();
      }
      Row its = row;
      matcher.match(document).ifPresent(found -> page.add(found, its::bookmark));
      return !page.isFull();
    }
  }
}
