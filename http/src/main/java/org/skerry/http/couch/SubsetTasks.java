package org.skerry.http.couch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.subset.SubsetKeeper;
import tools.jackson.core.JsonGenerator;

/** Databases whose documents follow new scope rules: that goes on until it is done. */
final class SubsetTasks {
  private static final int KEEPER = 3;
  private static final long PERCENT = 100;

  private SubsetTasks() {}

  static List<ActiveTasks.Task> of(SubsetKeeper keeper) {
    return keeper.progress().stream().map(SubsetTasks::task).toList();
  }

  private static ActiveTasks.Task task(SubsetKeeper.Progress progress) {
    return new ActiveTasks.Task(
        ActiveTasks.pid(progress.started(), KEEPER),
        "scope",
        progress.database(),
        Instant.ofEpochSecond(progress.started()),
        out -> write(out, progress),
        Optional.empty());
  }

  private static void write(JsonGenerator out, SubsetKeeper.Progress progress) {
    out.writeNumberProperty("changes_done", progress.done());
    out.writeNumberProperty("total_changes", progress.total());
    out.writeNumberProperty(
        "progress",
        progress.total() == 0
            ? 0
            : Math.min(PERCENT, progress.done() * PERCENT / progress.total()));
  }
}
