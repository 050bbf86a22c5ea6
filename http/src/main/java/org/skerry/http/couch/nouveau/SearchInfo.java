package org.skerry.http.couch.nouveau;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.search.FullText;
import org.skerry.search.IndexState;

/** {@code GET /{db}/_design/{ddoc}/_nouveau_info/{index}}. */
final class SearchInfo implements DatabaseEndpoint {
  private final FullText fullText;

  SearchInfo(FullText fullText) {
    this.fullText = fullText;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DesignIndex index = DesignIndex.of(exchange, database);
    IndexState state = fullText.state(database, index.definition());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty(
                  "name", index.place().designDocument() + "/" + index.place().name());
              out.writeObjectPropertyStart("search_index");
              out.writeNumberProperty("disk_size", state.bytes());
              out.writeNumberProperty("num_docs", state.documents());
              out.writeNumberProperty("purge_seq", state.purgeSeq());
              out.writeStringProperty("signature", index.definition().signature());
              out.writeNumberProperty("update_seq", state.updateSeq());
              out.writeEndObject();
              out.writeEndObject();
            }));
  }
}
