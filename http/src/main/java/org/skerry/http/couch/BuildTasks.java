package org.skerry.http.couch;

import java.time.Instant;
import org.skerry.index.BuildProgress;
import org.skerry.index.Indexes;
import tools.jackson.core.JsonGenerator;

/** Indexes that are being built, as {@code _active_tasks} shows them. */
final class BuildTasks {
  private static final long PERCENT = 100;

  private BuildTasks() {}

  static void write(JsonGenerator out, Indexes indexes) {
    for (BuildProgress build : indexes.building()) {
      out.writeStartObject();
      out.writeStringProperty("node", Membership.NODE);
      out.writeStringProperty("type", "indexer");
      out.writeStringProperty("database", build.database());
      out.writeStringProperty("design_document", build.index());
      out.writeNumberProperty("changes_done", build.done());
      out.writeNumberProperty("total_changes", build.total());
      out.writeNumberProperty(
          "progress",
          build.total() == 0 ? 0 : Math.min(PERCENT, build.done() * PERCENT / build.total()));
      out.writeNumberProperty("started_on", build.started().getEpochSecond());
      out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
      out.writeEndObject();
    }
  }
}
