package org.skerry.fhir.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.export.ExportJob.Output;
import org.skerry.fhir.export.ExportJob.State;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.http.AnswerHead;

/** {@code GET /$export-files/{job}/{file}}: a file of an export that is done, streamed. */
public final class ReadExportFile implements Interaction {
  private final Exports exports;

  public ReadExportFile(Exports exports) {
    this.exports = exports;
  }

  @Override
  public void answer(Call call) throws IOException {
    ExportJob job = ExportAccess.find(exports, call);
    String name = call.exchange().variable("file");
    Output output =
        job.progress().outputs().stream()
            .filter(one -> one.name().equals(name) && job.progress().state() == State.DONE)
            .findFirst()
            .orElseThrow(ReadExportFile::unknown);
    call.trail().asked(Action.OPERATION);
    try (InputStream in = Files.newInputStream(exports.file(job, output))) {
      AnswerHead head = AnswerHead.of(200, "application/fhir+ndjson").withLength(output.bytes());
      OutputStream out = call.exchange().stream(head);
      if (!call.exchange().isHead()) {
        in.transferTo(out);
      }
      out.close();
    } catch (NoSuchFileException e) {
      throw unknown();
    }
  }

  private static OutcomeException unknown() {
    return OutcomeException.of(404, "not-found", "The export has no such file");
  }
}
