package org.skerry.http.couch;

import java.time.Instant;
import org.skerry.subset.SubsetKeeper;
import tools.jackson.core.JsonGenerator;

/** Databases whose documents follow new scope rules, as {@code _active_tasks} shows them. */
final class SubsetTasks {
  private static final long PERCENT = 100;

  private SubsetTasks() {}

  static void write(JsonGenerator out, SubsetKeeper keeper) {
    for (SubsetKeeper.Progress progress : keeper.progress()) {
      out.writeStartObject();
      out.writeStringProperty("node", Membership.NODE);
      out.writeStringProperty("type", "scope");
      out.writeStringProperty("database", progress.database());
      out.writeNumberProperty("changes_done", progress.done());
      out.writeNumberProperty("total_changes", progress.total());
      out.writeNumberProperty(
          "progress",
          progress.total() == 0
              ? 0
              : Math.min(PERCENT, progress.done() * PERCENT / progress.total()));
      out.writeNumberProperty("started_on", progress.started());
      out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
      out.writeEndObject();
    }
  }
}
