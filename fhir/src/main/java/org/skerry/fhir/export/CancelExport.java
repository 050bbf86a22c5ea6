package org.skerry.fhir.export;

import java.io.IOException;
import java.util.List;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;

/** {@code DELETE /$export-status/{job}}: ends an export, and deletes what it made. */
public final class CancelExport implements Interaction {
  private final Exports exports;

  public CancelExport(Exports exports) {
    this.exports = exports;
  }

  @Override
  public void answer(Call call) throws IOException {
    exports.remove(ExportAccess.find(exports, call).id());
    call.outcome(202, List.of(Issue.information("The export is gone")), List.of());
  }
}
