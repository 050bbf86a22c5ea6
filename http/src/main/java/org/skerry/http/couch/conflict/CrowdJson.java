package org.skerry.http.couch.conflict;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.ConflictRow;
import org.skerry.conflict.CrowdedConflict;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conflict of very many versions: in the form of every conflict, with a page of leaves,
 * the names of all of them, and nothing compared.
 */
final class CrowdJson {
  private CrowdJson() {}

  static void write(JsonGenerator out, CrowdedConflict conflict, Optional<ConflictRow> row) {
    out.writeStartObject();
    out.writeStringProperty("id", conflict.id().text());
    out.writeStringProperty("kind", conflict.kind());
    row.map(ConflictRow::since)
        .ifPresent(
            time ->
                out.writeStringProperty("since", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    out.writeStringProperty("state", row.map(one -> one.state().text()).orElse("open"));
    out.writeStringProperty("reason", row.map(ConflictRow::reason).orElse(""));
    out.writeBooleanProperty("crowded", true);
    out.writeNumberProperty("total_leaves", conflict.live().size());
    out.writeNumberProperty("from", conflict.from());
    ListConflicts.texts(out, "revs", conflict.live().stream().map(RevId::toString).toList());
    out.writeObjectPropertyStart("ancestor");
    out.writeNullProperty("rev");
    out.writeEndObject();
    out.writeArrayPropertyStart("leaves");
    for (StoredRevision leaf : conflict.page()) {
      out.writeStartObject();
      out.writeStringProperty("rev", leaf.rev().toString());
      out.writeBooleanProperty("winner", leaf.rev().equals(conflict.live().getFirst()));
      out.writeName("doc");
      write(out, conflict.id(), leaf);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("members");
    out.writeEndArray();
    out.writeObjectPropertyStart("proposal");
    out.writeStringProperty("method", "manual");
    out.writeBooleanProperty("complete", false);
    ListConflicts.texts(out, "open", List.of(""));
    out.writeName("doc");
    write(out, conflict.id(), conflict.winner());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, DocId id, StoredRevision revision) {
    DocumentJson.write(out, id, revision, DocumentExtras.NONE);
  }
}
