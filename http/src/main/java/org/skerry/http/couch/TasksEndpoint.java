package org.skerry.http.couch;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.replication.ReplicationStatus;
import org.skerry.replication.Replicator;
import org.skerry.replication.TaskJson;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_active_tasks}: compactions, index builds, and replications if the node has any. */
final class TasksEndpoint implements Endpoint {
  private final ActiveTasks tasks;
  private final Optional<Replicator> replicator;

  TasksEndpoint(CouchContext context, Optional<Replicator> replicator) {
    this.tasks = context.tasks();
    this.replicator = replicator;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartArray();
              tasks.running().forEach(task -> task.write(out));
              replicator.ifPresent(runs -> runs.running().forEach(status -> write(out, status)));
              out.writeEndArray();
            }));
  }

  private static void write(JsonGenerator out, ReplicationStatus status) {
    out.writeStartObject();
    out.writeStringProperty("node", Membership.NODE);
    out.writeStringProperty("type", "replication");
    out.writeNumberProperty("started_on", status.startedAt().getEpochSecond());
    out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
    TaskJson.writeMembers(out, status);
    out.writeEndObject();
  }
}
