package org.skerry.http.couch.mango;

import java.io.IOException;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.couch.AnswerTurns;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.LargeReads;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.RowOut;
import org.skerry.mango.ExecutionStats;
import org.skerry.mango.FindRequest;
import org.skerry.mango.Found;
import org.skerry.mango.FoundSink;
import org.skerry.mango.Mango;
import org.skerry.mango.Search;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.JsonOut;

/** {@code POST /{db}/_find}: the documents that match a selector, as they are found. */
public final class FindDocuments implements DatabaseEndpoint {
  private final Mango mango;
  private final LargeReads reads;

  public FindDocuments(Mango mango, LargeReads reads) {
    this.mango = mango;
    this.reads = reads;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    answer(exchange, database, FindRequest.parse(RequestJson.object(exchange)));
  }

  /** Answers a request that was read. */
  public void answer(Exchange exchange, Database database, FindRequest request) throws IOException {
    Search search = mango.search(database, mango.plan(database, request));
    try (AnswerTurns turns = new AnswerTurns(reads, exchange, database)) {
      RowOut out = new RowOut(exchange.stream(AnswerHead.json(200)), turns);
      write(out, search, request);
      out.close();
    }
  }

  private static void write(RowOut out, Search search, FindRequest request) throws IOException {
    out.raw("{\"docs\":[");
    Search.Result result = search.run(new Documents(out));
    out.raw("\r\n],\r\n\"bookmark\": ");
    out.string(result.bookmark());
    if (request.executionStats()) {
      out.raw(",\r\n\"execution_stats\": ");
      out.raw(json(result.stats()));
    }
    Optional<String> warning = result.warning();
    if (warning.isPresent()) {
      out.raw(",\r\n\"warning\": ");
      out.string(warning.get());
    }
    out.raw("}\r\n");
  }

  private static byte[] json(ExecutionStats stats) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeNumberProperty("total_keys_examined", stats.keys());
          out.writeNumberProperty("total_docs_examined", stats.documents());
          out.writeNumberProperty("total_quorum_docs_examined", stats.documentsApart());
          out.writeNumberProperty("results_returned", stats.returned());
          out.writeNumberProperty("execution_time_ms", stats.elapsedMillis());
          out.writeEndObject();
        });
  }

  /** The documents of one answer, a line each. */
  private static final class Documents implements FoundSink {
    private final RowOut out;
    private String separator = "\r\n";

    Documents(RowOut out) {
      this.out = out;
    }

    @Override
    public void more() throws IOException {
      out.more();
    }

    @Override
    public void found(Found found) throws IOException {
      out.raw(separator);
      separator = ",\r\n";
      switch (found) {
        case Found.Whole whole ->
            out.document(
                whole.id(),
                whole.revision(),
                whole.conflicts().isEmpty()
                    ? DocumentExtras.NONE
                    : DocumentExtras.NONE.withConflicts(whole.conflicts()));
        case Found.Members members -> out.raw(members.json());
      }
    }
  }
}
