package org.skerry.http.couch.nouveau;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.search.DesignIndexes;
import org.skerry.search.FullText;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;

/** {@code POST /{db}/_nouveau_cleanup}: deletes indexes that no design document defines. */
final class SearchCleanup implements DatabaseEndpoint {
  private static final DocRange DESIGN_DOCUMENTS =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  private final FullText fullText;

  SearchCleanup(FullText fullText) {
    this.fullText = fullText;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    Set<String> defined = new HashSet<>();
    database
        .store()
        .scan(
            DESIGN_DOCUMENTS,
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                defined.addAll(
                    DesignIndexes.of(document.revisions().getFirst().body()).signatures());
              }
              return true;
            });
    fullText.cleanUp(database, defined);
    exchange.answer(JsonAnswer.ok(202));
  }
}
