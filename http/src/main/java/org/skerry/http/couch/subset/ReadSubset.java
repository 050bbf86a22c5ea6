package org.skerry.http.couch.subset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.skerry.changes.InvalidSinceException;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.json.JsonIn;
import org.skerry.store.DocumentStore;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.store.Seq;
import org.skerry.store.Totals;
import org.skerry.subset.SubsetKeeper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /{db}/_subset}: how a site stands. What it holds here, how far its devices are by the
 * checkpoints that they left, and whether documents still follow what was changed of rules and
 * sites.
 */
final class ReadSubset implements DatabaseEndpoint {
  /** A site has a few devices; each leaves a checkpoint for each direction. */
  private static final int MOST_CHECKPOINTS = 100;

  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Asking.Desk desk;
  private final SubsetKeeper keeper;

  ReadSubset(Asking.Desk desk, SubsetKeeper keeper) {
    this.desk = desk;
    this.keeper = keeper;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Asking asking = desk.of(exchange, database);
    Database seen = asking.seen();
    DocumentStore store = seen.store();
    SinceTokens tokens = seen.changes().tokens();
    Optional<Seq> since = exchange.query().text("since").map(tokens::parse);
    Totals totals = store.totals();
    int held = desk.subsets().held().list(seen).size();
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("site", asking.site().id());
              out.writeStringProperty("name", asking.site().name());
              out.writeStringProperty("db_name", seen.name());
              out.writeNumberProperty("doc_count", totals.documents());
              out.writeNumberProperty("doc_del_count", totals.tombstones());
              out.writeNumberProperty("conflict_count", totals.conflicted());
              out.writeStringProperty("update_seq", tokens.format(store.now()));
              since.ifPresent(seq -> out.writeNumberProperty("pending", store.pending(seq)));
              out.writeNumberProperty("held", held);
              out.writeBooleanProperty("search", asking.site().searches());
              out.writeBooleanProperty("following", keeper.isBehind(asking.whole()));
              out.writeArrayPropertyStart("checkpoints");
              store.local().list(Optional.empty(), MOST_CHECKPOINTS).stream()
                  .forEach(document -> checkpoint(out, document, tokens, store));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  /** A local document that is a replication's checkpoint: CouchDB's form, or PouchDB's. */
  private static void checkpoint(
      JsonGenerator out, LocalDocument document, SinceTokens tokens, DocumentStore store) {
    Optional<String> at = position(document);
    try {
      Optional<Seq> seq = at.map(tokens::parse);
      if (seq.filter(known -> !known.equals(Seq.ZERO)).isPresent()) {
        out.writeStartObject();
        out.writeStringProperty("id", document.id().text());
        out.writeStringProperty("seq", at.orElseThrow());
        out.writeNumberProperty("pending", store.pending(seq.get()));
        out.writeEndObject();
      }
    } catch (InvalidSinceException e) {
      // A position of the other side's: that replication brings something here.
    }
  }

  private static Optional<String> position(LocalDocument document) {
    try {
      JsonNode json = MAPPER.readTree(new String(document.body().json(), StandardCharsets.UTF_8));
      return List.of("source_last_seq", "last_seq").stream()
          .map(json::path)
          // A number is a position of the other side's: PouchDB counts so, and this does not.
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue)
          .findFirst();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
