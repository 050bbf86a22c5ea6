package org.skerry.http.couch.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.http.couch.RowOut;
import org.skerry.index.IndexReading;
import org.skerry.index.Row;
import org.skerry.index.RowRange;
import org.skerry.index.ViewReading;
import tools.jackson.databind.JsonNode;

/** Rows as they stand in the view, a line each, with their documents if wanted. */
final class MapAnswer implements ViewAnswer {
  /** Rows that are read before they are written, for the sake of their documents. */
  private static final int PAGE_ROWS = 100;

  private final OpenView view;
  private final ViewQuery query;
  private final IndexReading reading;
  private final ViewReading rows;

  MapAnswer(OpenView view, ViewQuery query, IndexReading reading) {
    this.view = view;
    this.query = query;
    this.reading = reading;
    this.rows = view.rows(reading);
  }

  @Override
  public void write(RowOut out) throws IOException {
    List<RowRange> ranges = ranges();
    long total = rows.total();
    long before = ranges.isEmpty() ? 0 : rows.before(ranges.getFirst());
    out.raw("{\"total_rows\":");
    out.number(total);
    out.raw(",\"offset\":");
    out.number(query.skip() > total ? total : Math.min(total, before + query.skip()));
    Optional<String> seq = view.updateSeq(query, reading);
    if (seq.isPresent()) {
      out.raw(",\"update_seq\":");
      out.string(seq.get());
    }
    out.raw(",\"rows\":[\r\n");
    Writer writer = new Writer(out);
    long skip = query.skip();
    for (RowRange range : ranges) {
      if (writer.left > 0) {
        long here = skip == 0 ? 0 : rows.count(range);
        if (here >= skip) {
          rows.rows(range, skip, writer);
        }
        skip = Math.max(0, skip - here);
      }
    }
    writer.flush();
    out.raw("\r\n]}");
  }

  private List<RowRange> ranges() {
    Optional<List<JsonNode>> keys = query.keys();
    return keys.isEmpty()
        ? List.of(query.range())
        : keys.get().stream().map(query.range()::withKey).toList();
  }

  /** Writes rows, at once or a page at a time. */
  private final class Writer implements ViewReading.RowVisitor {
    private final RowOut out;
    private final Optional<RowDocuments> documents;
    private final List<Row> page = new ArrayList<>();
    private long left = query.limit();
    private String opening = "{\"id\":";

    Writer(RowOut out) {
      this.out = out;
      this.documents =
          query.documents().include()
              ? Optional.of(new RowDocuments(view.database().store(), query.documents()))
              : Optional.empty();
    }

    @Override
    public boolean visit(Row row) {
      if (left <= 0) {
        return false;
      }
      left--;
      try {
        if (documents.isEmpty()) {
          begin(row);
          out.write('}');
        } else {
          page.add(row);
          if (page.size() == PAGE_ROWS) {
            flush();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return left > 0;
    }

    void flush() throws IOException {
      if (documents.isPresent() && !page.isEmpty()) {
        documents
            .get()
            .visit(
                page,
                (row, document) -> {
                  begin(row);
                  out.raw(",\"doc\":");
                  document.write(out);
                  out.write('}');
                });
        page.clear();
      }
    }

    private void begin(Row row) throws IOException {
      out.raw(opening);
      opening = ",\r\n{\"id\":";
      out.id(row.id());
      out.raw(",\"key\":");
      out.raw(row.key());
      out.raw(",\"value\":");
      out.raw(row.value());
    }
  }
}
