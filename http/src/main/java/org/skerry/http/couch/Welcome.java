package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/**
 * {@code GET /}: who answers. Clients decide by {@code version} what they may ask for, so it names
 * the CouchDB whose API this is; Skerry's own stands under {@code vendor}. Features are those that
 * CouchDB names and that are here.
 */
final class Welcome implements Endpoint {
  private static final String COUCHDB_VERSION = "3.5.2";

  private final String version;
  private final String uuid;
  private final boolean searches;

  Welcome(CouchContext context) {
    this.version = context.settings().version();
    this.searches = context.fullText().isPresent();
    this.uuid = NodeIdentity.of(context.databases().store().properties());
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("couchdb", "Welcome");
              out.writeStringProperty("version", COUCHDB_VERSION);
              out.writeStringProperty("git_sha", "skerry");
              out.writeStringProperty("uuid", uuid);
              out.writeArrayPropertyStart("features");
              if (searches) {
                out.writeString("nouveau");
              }
              out.writeString("pluggable-storage-engines");
              out.writeEndArray();
              out.writeObjectPropertyStart("vendor");
              out.writeStringProperty("name", "Skerry");
              out.writeStringProperty("version", version);
              out.writeEndObject();
              out.writeEndObject();
            }));
  }
}
