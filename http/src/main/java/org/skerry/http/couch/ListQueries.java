package org.skerry.http.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import tools.jackson.databind.JsonNode;

/** {@code POST /{db}/_all_docs/queries} and its kin: several listings in one answer. */
final class ListQueries implements DatabaseEndpoint {
  private final Function<Database, DocumentListing> listing;
  private final LargeReads reads;

  ListQueries(Function<Database, DocumentListing> listing, LargeReads reads) {
    this.listing = listing;
    this.reads = reads;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    // All are read before the first is answered: a mistake in the last is still a status.
    List<DocumentListing.Listed> listed = new ArrayList<>();
    for (JsonNode query : RequestJson.queries(exchange)) {
      ListingParameters parameters = new ListingParameters().add(exchange.query()).add(query);
      listed.add(listing.apply(database).open(ListingRequest.of(parameters)));
    }
    try (AnswerTurns turns = new AnswerTurns(reads, exchange, database)) {
      answer(new RowOut(exchange.stream(AnswerHead.json(200)), turns), listed);
    }
  }

  private static void answer(RowOut out, List<DocumentListing.Listed> listed) throws IOException {
    out.raw("{\"results\":[\r\n");
    boolean any = false;
    for (DocumentListing.Listed one : listed) {
      if (any) {
        out.raw(",\r\n");
      }
      any = true;
      ListingOut.write(out, one);
    }
    out.raw("\r\n]}\n");
    out.close();
  }
}
