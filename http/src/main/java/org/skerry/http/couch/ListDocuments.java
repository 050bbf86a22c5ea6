package org.skerry.http.couch;

import java.io.IOException;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.Method;

/**
 * {@code GET} and {@code POST} of {@code _all_docs}, {@code _design_docs} and {@code _local_docs}.
 */
final class ListDocuments implements DatabaseEndpoint {
  private final Function<Database, DocumentListing> listing;
  private final LargeReads reads;

  ListDocuments(Function<Database, DocumentListing> listing, LargeReads reads) {
    this.listing = listing;
    this.reads = reads;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    ListingParameters parameters = new ListingParameters().add(exchange.query());
    if (exchange.method() == Method.POST) {
      RequestJson.requireJson(exchange);
      parameters.add(RequestJson.object(exchange));
    }
    DocumentListing.Listed listed = listing.apply(database).open(ListingRequest.of(parameters));
    try (AnswerTurns turns = new AnswerTurns(reads, exchange, database)) {
      RowOut out = new RowOut(exchange.stream(AnswerHead.json(200)), turns);
      if (!exchange.isHead()) {
        ListingOut.write(out, listed);
        out.write('\n');
      }
      out.close();
    }
  }
}
