package org.skerry.http.couch.view;

import java.io.IOException;
import org.skerry.collation.CollatedText;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.index.Index;
import org.skerry.index.IndexReading;
import org.skerry.view.ViewGroup;
import org.skerry.view.Views;
import tools.jackson.core.JsonGenerator;

/** {@code GET /{db}/_design/{ddoc}/_info}: what there is to say of a design document's index. */
final class IndexInfo implements DatabaseEndpoint {
  private final Views views;

  IndexInfo(Views views) {
    this.views = views;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    String name = exchange.variable("ddoc");
    ViewGroup group = OpenView.group(views, database, name);
    Index index = views.indexes().open(database, group.definition());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("name", name);
              out.writeObjectPropertyStart("view_index");
              write(out, index);
              out.writeEndObject();
              out.writeEndObject();
            }));
  }

  /** What is live in the store is compressed, like all there: at most what it was before. */
  private static void writeSizes(JsonGenerator out, Index index) {
    long file = index.bytes();
    long external;
    try (IndexReading reading = index.read()) {
      external = reading.bytes();
    }
    out.writeObjectPropertyStart("sizes");
    out.writeNumberProperty("file", file);
    out.writeNumberProperty("external", external);
    out.writeNumberProperty("active", Math.min(file, external));
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Index index) {
    long pending = index.pending();
    out.writeObjectPropertyStart("updates_pending");
    for (String kind : new String[] {"minimum", "preferred", "total"}) {
      out.writeNumberProperty(kind, pending);
    }
    out.writeEndObject();
    out.writeBooleanProperty("waiting_commit", false);
    out.writeNumberProperty("waiting_clients", index.waiting());
    out.writeBooleanProperty("updater_running", index.isBuilding());
    out.writeNumberProperty("update_seq", index.seq().number());
    writeSizes(out, index);
    out.writeStringProperty("signature", index.definition().signature());
    out.writeNumberProperty("purge_seq", index.purges());
    out.writeStringProperty("language", "javascript");
    out.writeBooleanProperty("compact_running", false);
    out.writeArrayPropertyStart("collator_versions");
    out.writeString(CollatedText.version());
    out.writeEndArray();
  }
}
