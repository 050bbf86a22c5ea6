package org.skerry.replication.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.skerry.replication.ReplicationStatus;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Jobs and documents in the shapes of CouchDB's {@code _scheduler}. */
public final class ScheduleJson {
  private ScheduleJson() {}

  /** A time as CouchDB writes it, to the second. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * A row of {@code _scheduler/jobs}. Ours besides CouchDB's: {@code next_run}, while it waits for
   * a time.
   *
   * @param node this node's name
   */
  public static void job(JsonGenerator out, JobStatus job, String node) {
    out.writeStartObject();
    text(out, "database", job.origin().database());
    out.writeStringProperty("id", job.id().toString());
    boolean running = job.state() == JobState.RUNNING;
    text(
        out,
        "pid",
        running ? Optional.of("<0." + ProcessHandle.current().pid() + ".0>") : Optional.empty());
    out.writeStringProperty("source", job.source());
    out.writeStringProperty("target", job.target());
    text(out, "user", job.origin().user());
    text(out, "doc_id", job.origin().document());
    out.writeName("info");
    out.writeStartObject();
    job.run().ifPresent(run -> progress(out, run));
    out.writeEndObject();
    out.writeArrayPropertyStart("history");
    for (JobEvent event : job.history()) {
      out.writeStartObject();
      out.writeStringProperty("timestamp", time(event.at()));
      out.writeStringProperty("type", event.type().word());
      event.reason().ifPresent(reason -> out.writeStringProperty("reason", reason));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringProperty("node", node);
    out.writeStringProperty("start_time", time(job.startTime()));
    if (job.nextRun().isPresent()) {
      out.writeStringProperty("next_run", time(job.nextRun().get()));
    }
    out.writeEndObject();
  }

  /**
   * A row of {@code _scheduler/docs}.
   *
   * @param node this node's name
   */
  public static void document(JsonGenerator out, DocumentStatus document, String node) {
    out.writeStartObject();
    out.writeStringProperty("database", document.database());
    out.writeStringProperty("doc_id", document.document());
    text(out, "id", document.id());
    out.writeStringProperty("node", node);
    text(out, "source", document.source());
    text(out, "target", document.target());
    out.writeStringProperty("state", document.state().word());
    info(out, document.info());
    out.writeNumberProperty("error_count", document.errors());
    text(out, "last_updated", document.lastUpdated());
    text(out, "start_time", document.startTime());
    text(out, "source_proxy", document.sourceProxy());
    text(out, "target_proxy", document.targetProxy());
    out.writeEndObject();
  }

  private static void info(JsonGenerator out, DocumentStatus.Info info) {
    out.writeName("info");
    switch (info) {
      case DocumentStatus.Info.None none -> out.writeNull();
      case DocumentStatus.Info.Progress(ReplicationStatus run) -> {
        out.writeStartObject();
        progress(out, run);
        out.writeEndObject();
      }
      case DocumentStatus.Info.Kept(JsonNode stats) -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> member : stats.properties()) {
          if (!member.getKey().equals("start_time")) {
            out.writeName(member.getKey());
            out.writeRawValue(member.getValue().toString());
          }
        }
        out.writeEndObject();
      }
      case DocumentStatus.Info.Failure(String reason) -> {
        out.writeStartObject();
        out.writeStringProperty("error", reason);
        out.writeEndObject();
      }
    }
  }

  /**
   * How far a replication is, as members of an object that is open. Ours besides CouchDB's: {@code
   * behind_since}, while the target does not have everything.
   */
  static void progress(JsonGenerator out, ReplicationStatus run) {
    out.writeNumberProperty("revisions_checked", run.counts().missingChecked());
    out.writeNumberProperty("missing_revisions_found", run.counts().missingFound());
    out.writeNumberProperty("docs_read", run.counts().docsRead());
    out.writeNumberProperty("docs_written", run.counts().docsWritten());
    if (run.pending() < 0) {
      out.writeNullProperty("changes_pending");
    } else {
      out.writeNumberProperty("changes_pending", run.pending());
    }
    run.behindSince().ifPresent(at -> out.writeStringProperty("behind_since", time(at)));
    out.writeNumberProperty("doc_write_failures", run.counts().docWriteFailures());
    out.writeNumberProperty("bulk_get_docs", run.counts().bulkGetDocs());
    out.writeNumberProperty("bulk_get_attempts", run.counts().bulkGetAttempts());
    out.writeStringProperty("checkpointed_source_seq", run.checkpointedSeq());
    out.writeStringProperty("source_seq", run.doneSeq());
    out.writeStringProperty("through_seq", run.doneSeq());
  }

  private static void text(JsonGenerator out, String name, Optional<String> value) {
    if (value.isPresent()) {
      out.writeStringProperty(name, value.get());
    } else {
      out.writeNullProperty(name);
    }
  }
}
