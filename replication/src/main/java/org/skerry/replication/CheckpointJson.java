package org.skerry.replication;

import java.util.List;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** Writes checkpoints, and what {@code _replicate} answers of them, as CouchDB does. */
final class CheckpointJson {
  private CheckpointJson() {}

  static byte[] bytes(Checkpoint checkpoint) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          writeMembers(
              out, checkpoint.sessionId(), checkpoint.sourceLastSeq(), checkpoint.history());
          out.writeEndObject();
        });
  }

  static void writeMembers(
      JsonGenerator out, String sessionId, String sourceLastSeq, List<SessionRecord> history) {
    out.writeStringProperty("session_id", sessionId);
    out.writeStringProperty("source_last_seq", sourceLastSeq);
    out.writeNumberProperty("replication_id_version", Checkpoint.VERSION);
    out.writeArrayPropertyStart("history");
    history.forEach(entry -> write(out, entry));
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, SessionRecord entry) {
    out.writeStartObject();
    out.writeStringProperty("session_id", entry.sessionId());
    out.writeStringProperty("start_time", entry.startTime());
    out.writeStringProperty("end_time", entry.endTime());
    out.writeStringProperty("start_last_seq", entry.startLastSeq());
    out.writeStringProperty("end_last_seq", entry.endLastSeq());
    out.writeStringProperty("recorded_seq", entry.recordedSeq());
    out.writeNumberProperty("missing_checked", entry.counts().missingChecked());
    out.writeNumberProperty("missing_found", entry.counts().missingFound());
    out.writeNumberProperty("docs_read", entry.counts().docsRead());
    out.writeNumberProperty("docs_written", entry.counts().docsWritten());
    out.writeNumberProperty("doc_write_failures", entry.counts().docWriteFailures());
    out.writeNumberProperty("bulk_get_docs", entry.counts().bulkGetDocs());
    out.writeNumberProperty("bulk_get_attempts", entry.counts().bulkGetAttempts());
    out.writeEndObject();
  }
}
