package org.skerry.fhir;

import java.util.List;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeText;
import org.skerry.fhir.rest.Call;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.ProblemForm;

/** Problems of the kernel and the engine as OperationOutcomes. */
final class FhirProblems implements ProblemForm {
  @Override
  public Answer answer(HttpProblem problem, Exchange exchange) {
    Issue issue = Issue.error(code(problem), problem.reason());
    return Call.outcome(exchange, problem.status(), List.of(issue), problem.headers());
  }

  /** For an answer within another, which is JSON whatever the client wants in the end. */
  static Answer inJson(HttpProblem problem) {
    Issue issue = Issue.error(code(problem), problem.reason());
    return Answer.json(problem.status(), OutcomeText.json(List.of(issue)));
  }

  /** http://hl7.org/fhir/R4/valueset-issue-type.html */
  private static String code(HttpProblem problem) {
    return switch (problem.status()) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 406, 415, 501 -> "not-supported";
      case 408 -> "timeout";
      case 409, 412 -> "conflict";
      case 410 -> "deleted";
      case 413 -> "too-long";
      case 422 -> "processing";
      case 429 -> "throttled";
      case 500 -> "exception";
      case 503 -> "transient";
      case 507 -> "no-store";
      default -> "invalid";
    };
  }
}
