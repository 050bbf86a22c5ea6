package org.skerry.http.couch.mango;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.mango.Mango;
import org.skerry.mango.MangoIndex;

/** {@code GET /{db}/_index}: the indexes that there are, the special one included. */
final class ListIndexes implements DatabaseEndpoint {
  private final Mango mango;

  ListIndexes(Mango mango) {
    this.mango = mango;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    List<MangoIndex> all = mango.indexes(database);
    long limit = parameter(exchange, "limit", 1).orElse((long) all.size());
    long skip = parameter(exchange, "skip", 0).orElse(0L);
    List<MangoIndex> shown = all.stream().skip(skip).limit(limit).toList();
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberProperty("total_rows", all.size());
              out.writeArrayPropertyStart("indexes");
              shown.forEach(index -> index.write(out));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static Optional<Long> parameter(Exchange exchange, String name, long least) {
    Optional<String> text = exchange.query().text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      throw bad();
    }
    throw bad();
  }

  private static HttpProblem bad() {
    return HttpProblem.badRequest(
        "invalid_list_index_params", "Index parameter ranges: limit > 1, skip > 0");
  }
}
