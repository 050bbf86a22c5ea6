package org.skerry.http.couch;

import java.util.List;
import java.util.Optional;
import org.skerry.search.FullText;
import org.skerry.search.IndexBuild;
import tools.jackson.core.JsonGenerator;

/** Full-text indexes that are being brought up to date. */
final class SearchTasks {
  private static final int KEEPER = 2;
  private static final long PERCENT = 100;

  private SearchTasks() {}

  static List<ActiveTasks.Task> of(FullText fullText) {
    return fullText.building().stream().map(build -> task(fullText, build)).toList();
  }

  private static ActiveTasks.Task task(FullText fullText, IndexBuild build) {
    return new ActiveTasks.Task(
        ActiveTasks.pid(build.number(), KEEPER),
        "search_indexer",
        build.database(),
        build.started(),
        out -> write(out, build),
        Optional.of(() -> fullText.cancel(build.number())));
  }

  private static void write(JsonGenerator out, IndexBuild build) {
    out.writeStringProperty("design_document", build.place().designDocument());
    out.writeStringProperty("index", build.place().name());
    out.writeNumberProperty("changes_done", build.done());
    out.writeNumberProperty("total_changes", build.total());
    out.writeNumberProperty(
        "progress", build.total() == 0 ? 0 : build.done() * PERCENT / build.total());
  }
}
