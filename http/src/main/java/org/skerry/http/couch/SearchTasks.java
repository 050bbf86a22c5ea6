package org.skerry.http.couch;

import java.time.Instant;
import org.skerry.search.FullText;
import org.skerry.search.IndexBuild;
import tools.jackson.core.JsonGenerator;

/** Full-text indexes that are being brought up to date, as {@code _active_tasks} shows them. */
final class SearchTasks {
  private static final long PERCENT = 100;

  private SearchTasks() {}

  static void write(JsonGenerator out, FullText fullText) {
    for (IndexBuild build : fullText.building()) {
      out.writeStartObject();
      out.writeStringProperty("node", Membership.NODE);
      out.writeStringProperty("type", "search_indexer");
      out.writeStringProperty("database", build.database());
      out.writeStringProperty("design_document", build.place().designDocument());
      out.writeStringProperty("index", build.place().name());
      out.writeNumberProperty("changes_done", build.done());
      out.writeNumberProperty("total_changes", build.total());
      out.writeNumberProperty(
          "progress", build.total() == 0 ? 0 : build.done() * PERCENT / build.total());
      out.writeNumberProperty("started_on", build.started().getEpochSecond());
      out.writeNumberProperty("updated_on", Instant.now().getEpochSecond());
      out.writeEndObject();
    }
  }
}
