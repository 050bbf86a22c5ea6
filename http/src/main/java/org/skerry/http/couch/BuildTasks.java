package org.skerry.http.couch;

import java.util.List;
import java.util.Optional;
import org.skerry.index.BuildProgress;
import org.skerry.index.Indexes;
import tools.jackson.core.JsonGenerator;

/** Indexes of views and of Mango that are being built. */
final class BuildTasks {
  private static final int KEEPER = 1;
  private static final long PERCENT = 100;

  private BuildTasks() {}

  static List<ActiveTasks.Task> of(Indexes indexes) {
    return indexes.building().stream().map(BuildTasks::task).toList();
  }

  private static ActiveTasks.Task task(BuildProgress build) {
    return new ActiveTasks.Task(
        ActiveTasks.pid(build.number(), KEEPER),
        "indexer",
        build.database(),
        build.started(),
        out -> write(out, build),
        Optional.of(build::cancel));
  }

  private static void write(JsonGenerator out, BuildProgress build) {
    long done = build.done();
    out.writeStringProperty("design_document", build.index());
    out.writeNumberProperty("changes_done", done);
    out.writeNumberProperty("total_changes", build.total());
    out.writeNumberProperty(
        "progress", build.total() == 0 ? 0 : Math.min(PERCENT, done * PERCENT / build.total()));
  }
}
