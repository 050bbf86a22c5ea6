package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.subset.HeldRevision;

/** {@code GET /{db}/_subset/held}: what is held for a site until it has what that refers to. */
final class ListHeld implements DatabaseEndpoint {
  private final Asking.Desk desk;

  ListHeld(Asking.Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Asking asking = desk.of(exchange, database);
    List<HeldRevision> held = desk.subsets().held().list(asking.seen());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("site", asking.site().id());
              out.writeArrayPropertyStart("documents");
              for (HeldRevision one : held) {
                out.writeStartObject();
                out.writeStringProperty("id", one.id().text());
                out.writeStringProperty("rev", one.rev().toString());
                out.writeArrayPropertyStart("names");
                one.names().stream().map(Object::toString).sorted().forEach(out::writeString);
                out.writeEndArray();
                one.by()
                    .flatMap(Author::name)
                    .ifPresent(name -> out.writeStringProperty("by", name));
                out.writeNumberProperty("bytes", one.bytes());
                out.writeStringProperty("since", one.since());
                out.writeEndObject();
              }
              out.writeEndArray();
              out.writeEndObject();
            }));
  }
}
