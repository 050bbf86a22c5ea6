package org.skerry.http.couch.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.RowOut;
import org.skerry.index.IndexReading;
import org.skerry.index.Reduction.Reduced;
import org.skerry.index.Row;
import org.skerry.index.RowRange;
import org.skerry.index.ViewReading;
import tools.jackson.databind.JsonNode;

/** What a reduction makes of a range, or of each group of its rows. */
final class ReduceAnswer implements ViewAnswer {
  private final OpenView view;
  private final ViewQuery query;
  private final IndexReading reading;
  private final int reduction;

  /** What comes of a query without groups, which is known before the answer begins. */
  private final Optional<Reduced> whole;

  private ReduceAnswer(
      OpenView view, ViewQuery query, IndexReading reading, Optional<Reduced> whole) {
    this.view = view;
    this.query = query;
    this.reading = reading;
    this.reduction = view.view().reduction().orElseThrow();
    this.whole = whole;
  }

  static ReduceAnswer of(OpenView view, ViewQuery query, IndexReading reading) {
    ViewReading rows = view.rows(reading);
    int reduction = view.view().reduction().orElseThrow();
    Optional<Reduced> whole =
        query.level() == 0 ? rows.reduce(query.range(), reduction) : Optional.empty();
    if (query.level() != 0) {
      // What fails, fails mostly at the first group: then a status is still possible.
      rows.groups(
          query.keys().filter(keys -> !keys.isEmpty()).isPresent()
              ? query.range().withKey(query.keys().get().getFirst())
              : query.range(),
          query.level(),
          reduction,
          query.skip(),
          (first, reduced) -> {
            check(reduced);
            return false;
          });
    }
    whole.ifPresent(ReduceAnswer::check);
    return new ReduceAnswer(view, query, reading, whole);
  }

  /** The value's JSON. */
  private static byte[] check(Reduced reduced) {
    return switch (reduced) {
      case Reduced.Value(byte[] json) -> json;
      case Reduced.Failed(String error, String reason) -> throw new HttpProblem(500, error, reason);
    };
  }

  @Override
  public void write(RowOut out) throws IOException {
    out.raw("{");
    Optional<String> seq = view.updateSeq(query, reading);
    if (seq.isPresent()) {
      out.raw("\"update_seq\":");
      out.string(seq.get());
      out.raw(",");
    }
    out.raw("\"rows\":[\r\n");
    if (query.level() != 0) {
      new Groups(out).write();
    } else if (whole.isPresent() && query.skip() == 0 && query.limit() > 0) {
      out.raw("{\"key\":null,\"value\":");
      out.raw(check(whole.get()));
      out.write('}');
    }
    out.raw("\r\n]}");
  }

  /** Writes groups as they are reduced. */
  private final class Groups implements ViewReading.GroupVisitor {
    private final RowOut out;
    private long left = query.limit();
    private long skip = query.skip();
    private String opening = "{\"key\":";

    Groups(RowOut out) {
      this.out = out;
    }

    void write() {
      ViewReading rows = view.rows(reading);
      if (query.keys().isEmpty()) {
        if (left > 0) {
          rows.groups(query.range(), query.level(), reduction, skip, this);
        }
        return;
      }
      for (JsonNode key : query.keys().get()) {
        RowRange range = query.range().withKey(key);
        if (left > 0 && rows.count(range) > 0) {
          if (skip > 0) {
            skip--;
          } else {
            rows.groups(range, ViewQuery.EXACT, reduction, 0, this);
          }
        }
      }
    }

    @Override
    public boolean visit(Row first, Reduced reduced) {
      left--;
      try {
        out.raw(opening);
        opening = ",\r\n{\"key\":";
        out.raw(GroupKey.of(first.key(), query.level()));
        out.raw(",\"value\":");
        out.raw(check(reduced));
        out.write('}');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return left > 0;
    }
  }
}
