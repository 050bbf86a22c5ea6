package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import tools.jackson.core.JsonGenerator;

/**
 * What became of one document of a bulk.
 *
 * @param rev its new name, or the one it came with
 * @param problem why it was not written
 */
record BulkRow(DocId id, Optional<String> rev, Optional<HttpProblem> problem) {
  void write(JsonGenerator out) {
    out.writeStartObject();
    if (problem.isEmpty()) {
      out.writeBooleanProperty("ok", true);
    }
    out.writeStringProperty("id", id.text());
    rev.ifPresent(known -> out.writeStringProperty("rev", known));
    problem.ifPresent(
        found -> {
          out.writeStringProperty("error", found.error());
          out.writeStringProperty("reason", found.reason());
        });
    out.writeEndObject();
  }
}
