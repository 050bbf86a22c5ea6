package org.skerry.http.couch;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.Administration;

/**
 * {@code DELETE /_active_tasks/{pid}}, and for a database's administrators {@code DELETE
 * /{db}/_active_tasks/{pid}}: has a compaction or an index build end soon, and does not wait. What
 * it did stays done. CouchDB has no way to do this; replications end as they do there.
 */
final class CancelTask implements Endpoint, DatabaseEndpoint {
  private final ActiveTasks tasks;
  private final Administration administration;

  CancelTask(CouchContext context) {
    this.tasks = context.tasks();
    this.administration = context.administration();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    cancel(exchange, tasks.find(exchange.variable("pid")));
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    cancel(
        exchange,
        tasks
            .find(exchange.variable("pid"))
            .filter(task -> task.database().equals(database.name())));
  }

  private void cancel(Exchange exchange, Optional<ActiveTasks.Task> found) throws IOException {
    ActiveTasks.Task task =
        found.orElseThrow(() -> HttpProblem.notFound("No such task runs, or it has just ended."));
    Runnable cancel =
        task.cancel()
            .orElseThrow(
                () ->
                    HttpProblem.badRequest(
                        "bad_request", "This task cannot be cancelled: it ends by itself."));
    administration
        .audit()
        .record(
            new AuditEvent(
                AuditAction.TASK_CANCELLED,
                Administration.actor(exchange),
                task.database(),
                Map.of("task", task.type(), "pid", task.pid())));
    cancel.run();
    exchange.answer(JsonAnswer.ok(202));
  }
}
