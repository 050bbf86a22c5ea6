package org.skerry.replication;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Shows a replication as {@code _active_tasks} does: CouchDB's members first, then ours. */
public final class TaskJson {
  private TaskJson() {}

  private static void text(JsonGenerator out, String name, Optional<String> value) {
    if (value.isPresent()) {
      out.writeStringProperty(name, value.get());
    } else {
      out.writeNullProperty(name);
    }
  }

  /** Writes the members into an object that is open, from {@code replication_id} on. */
  public static void writeMembers(JsonGenerator out, ReplicationStatus status) {
    out.writeStringProperty("replication_id", status.id().toString());
    text(out, "doc_id", status.origin().document());
    text(out, "database", status.origin().database());
    text(out, "user", status.origin().user());
    out.writeStringProperty("source", status.source());
    out.writeStringProperty("target", status.target());
    out.writeBooleanProperty("continuous", status.live());
    out.writeNumberProperty("revisions_checked", status.counts().missingChecked());
    out.writeNumberProperty("missing_revisions_found", status.counts().missingFound());
    out.writeNumberProperty("docs_read", status.counts().docsRead());
    out.writeNumberProperty("docs_written", status.counts().docsWritten());
    out.writeNumberProperty("doc_write_failures", status.counts().docWriteFailures());
    out.writeNumberProperty("bulk_get_docs", status.counts().bulkGetDocs());
    out.writeNumberProperty("bulk_get_attempts", status.counts().bulkGetAttempts());
    if (status.pending() < 0) {
      out.writeNullProperty("changes_pending");
    } else {
      out.writeNumberProperty("changes_pending", status.pending());
    }
    status
        .behindSince()
        .ifPresent(
            at ->
                out.writeStringProperty(
                    "behind_since", at.truncatedTo(ChronoUnit.SECONDS).toString()));
    out.writeStringProperty("source_seq", status.doneSeq());
    out.writeStringProperty("through_seq", status.doneSeq());
    out.writeStringProperty("checkpointed_source_seq", status.checkpointedSeq());
    out.writeStringProperty("state", status.state().name().toLowerCase(Locale.ROOT));
    out.writeStringProperty("state_since", status.since().toString());
    out.writeNumberProperty("docs_per_second", Math.round(status.perSecond()));
    status.lastError().ifPresent(error -> out.writeStringProperty("last_error", error));
  }
}
