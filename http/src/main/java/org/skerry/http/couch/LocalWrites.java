package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.document.IncomingDocument;
import org.skerry.http.HttpProblem;
import org.skerry.wire.LocalJson;

/** Writes of {@code _local/…} documents that came among others. */
final class LocalWrites {
  private LocalWrites() {}

  /** Writes or deletes one, and says what became of it. */
  static BulkRow write(Database database, DocId id, IncomingDocument document) {
    if (document.attachments().isPresent()) {
      return new BulkRow(
          id,
          Optional.empty(),
          Optional.of(
              HttpProblem.badRequest(
                  "bad_request", "_local documents do not accept attachments.")));
    }
    long seen = document.revText().map(LocalJson::version).orElse(0L);
    var local = database.store().local();
    Optional<Long> version =
        document.deleted()
            ? local.remove(id, seen) ? Optional.of(0L) : Optional.empty()
            : local.put(id, seen, document.body());
    return version
        .map(now -> new BulkRow(id, Optional.of("0-" + now), Optional.empty()))
        .orElseGet(() -> new BulkRow(id, Optional.empty(), Optional.of(HttpProblem.conflict())));
  }
}
