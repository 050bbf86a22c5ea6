package org.skerry.fhir.export;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.export.ExportJob.Kind;
import org.skerry.fhir.export.ExportJob.Output;
import org.skerry.fhir.export.ExportJob.Progress;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Tags;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead.Header;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** {@code GET /$export-status/{job}}: how far an export is; when it is done, what it made. */
public final class ReadExport implements Interaction {
  private final Exports exports;

  public ReadExport(Exports exports) {
    this.exports = exports;
  }

  @Override
  public void answer(Call call) throws IOException {
    ExportJob job = ExportAccess.find(exports, call);
    switch (job.progress().state()) {
      case WAITING ->
          call.answer(
              202,
              List.of(
                  new Header("X-Progress", progress(job.progress())),
                  new Header("Retry-After", "1")));
      case FAILED -> throw OutcomeException.of(500, "exception", job.progress().problem());
      case DONE -> {
        call.trail().asked(Action.OPERATION);
        Optional<Instant> expiry = Exports.expiry(job);
        Answer answer = Answer.json(200, manifest(call, job));
        call.exchange()
            .answer(
                expiry.isPresent() ? answer.with("Expires", Tags.httpDate(expiry.get())) : answer);
      }
    }
  }

  private static String progress(Progress progress) {
    return progress.total() == 0
        ? "listing"
        : progress.done() + " of " + progress.total() + " resources";
  }

  private static byte[] manifest(Call call, ExportJob job) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("transactionTime", job.time().toString());
          out.writeStringProperty("request", job.wish().request());
          out.writeBooleanProperty("requiresAccessToken", true);
          files(out, "output", Kind.OUTPUT, call, job);
          files(out, "deleted", Kind.DELETED, call, job);
          files(out, "error", Kind.ERROR, call, job);
          out.writeEndObject();
        });
  }

  private static void files(JsonGenerator out, String member, Kind kind, Call call, ExportJob job) {
    out.writeArrayPropertyStart(member);
    for (Output output : job.progress().outputs()) {
      if (output.kind() == kind) {
        out.writeStartObject();
        out.writeStringProperty("type", output.type());
        out.writeStringProperty(
            "url", call.base() + "/$export-files/" + job.id() + "/" + output.name());
        out.writeNumberProperty("count", output.count());
        out.writeEndObject();
      }
    }
    out.writeEndArray();
  }
}
