package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;
import org.skerry.store.Sizes;
import org.skerry.store.Totals;
import org.skerry.store.subset.SubsetDocuments;
import tools.jackson.core.JsonGenerator;

/** {@code GET /{db}}: what a database says of itself. */
final class DatabaseInfo implements DatabaseEndpoint {
  /** The number that CouchDB 3 gives; nothing here depends on it. */
  private static final int DISK_FORMAT_VERSION = 8;

  private final Compactions compactions;

  DatabaseInfo(Compactions compactions) {
    this.compactions = compactions;
  }

  /** What it says at one moment. */
  record Facts(
      String name,
      String instanceStart,
      String purgeSeq,
      String updateSeq,
      Sizes sizes,
      Totals totals,
      boolean compacting,
      Optional<String> site) {
    void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("instance_start_time", instanceStart);
      out.writeStringProperty("db_name", name);
      out.writeStringProperty("purge_seq", purgeSeq);
      out.writeStringProperty("update_seq", updateSeq);
      out.writeObjectPropertyStart("sizes");
      out.writeNumberProperty("file", sizes.file());
      out.writeNumberProperty("external", sizes.external());
      out.writeNumberProperty("active", sizes.active());
      out.writeEndObject();
      out.writeObjectPropertyStart("props");
      out.writeEndObject();
      out.writeNumberProperty("doc_del_count", totals.tombstones());
      out.writeNumberProperty("doc_count", totals.documents());
      out.writeNumberProperty("conflict_count", totals.conflicted());
      out.writeNumberProperty("disk_format_version", DISK_FORMAT_VERSION);
      out.writeBooleanProperty("compact_running", compacting);
      out.writeObjectPropertyStart("cluster");
      for (String member : new String[] {"q", "n", "w", "r"}) {
        out.writeNumberProperty(member, 1);
      }
      out.writeEndObject();
      if (site.isPresent()) {
        out.writeObjectPropertyStart("subset");
        out.writeStringProperty("site", site.get());
        out.writeEndObject();
      }
      out.writeEndObject();
    }
  }

  Facts facts(Database database) {
    DocumentStore store = database.store();
    Totals totals = store.totals();
    var tokens = database.changes().tokens();
    return new Facts(
        database.name(),
        InstanceStart.of(database),
        // How often others' documents were purged is not a site's business.
        tokens.format(Seq.of(database.subset().isPresent() ? 0 : totals.purges())),
        tokens.format(store.now()),
        store.sizes(),
        totals,
        compactions.isRunning(database),
        database.subset().map(SubsetDocuments::site));
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Facts facts = facts(database);
    // What bodies a client may send here compressed (RFC 7694); other nodes do when they know.
    exchange.answer(JsonAnswer.of(200, facts::write).with("Accept-Encoding", "gzip"));
  }
}
