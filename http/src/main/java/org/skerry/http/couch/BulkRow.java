package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;

/**
 * What became of one document of a bulk.
 *
 * @param rev its new name, or the one it came with
 * @param problem why it was not written
 */
record BulkRow(DocId id, Optional<String> rev, Optional<HttpProblem> problem) {
  void write(RowOut out) throws IOException {
    out.raw(problem.isEmpty() ? "{\"ok\":true,\"id\":" : "{\"id\":");
    out.id(id);
    if (rev.isPresent()) {
      out.raw(",\"rev\":");
      out.string(rev.get());
    }
    if (problem.isPresent()) {
      out.raw(",\"error\":");
      out.string(problem.get().error());
      out.raw(",\"reason\":");
      out.string(problem.get().reason());
    }
    out.raw("}");
  }
}
