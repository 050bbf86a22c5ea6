package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/**
 * {@code GET /{db}/_active_tasks}: what works on one database, for its administrators. An addition
 * to CouchDB, where only server administrators see tasks.
 */
final class DatabaseTasks implements DatabaseEndpoint {
  private final ActiveTasks tasks;

  DatabaseTasks(ActiveTasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartArray();
              tasks.running(database.name()).forEach(task -> task.write(out));
              out.writeEndArray();
            }));
  }
}
