package org.skerry.fhir.export;

import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Call;
import org.skerry.http.UserContext;

/** Who may see an export: who began it, and server administrators. Others do not find it. */
final class ExportAccess {
  private ExportAccess() {}

  static ExportJob find(Exports exports, Call call) {
    String id = call.exchange().variable("job");
    return exports
        .find(id, call.database())
        .filter(job -> isOf(job, call.exchange().user()))
        .orElseThrow(
            () ->
                OutcomeException.of(
                    404, "not-found", "There is no such export: it was ended, or is too old"));
  }

  private static boolean isOf(ExportJob job, UserContext user) {
    Optional<String> owner = job.wish().user();
    return user.isServerAdmin() || owner.equals(user.name());
  }
}
