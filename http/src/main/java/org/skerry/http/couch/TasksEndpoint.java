package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_active_tasks}. */
final class TasksEndpoint implements Endpoint {
  private final ActiveTasks tasks;

  TasksEndpoint(ActiveTasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartArray();
              tasks.running().forEach(task -> task.write(out));
              out.writeEndArray();
            }));
  }
}
