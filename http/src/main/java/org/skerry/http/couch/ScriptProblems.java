package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.http.HttpProblem;
import org.skerry.script.ScriptException;
import tools.jackson.databind.JsonNode;

/**
 * What clients are told of functions that failed, as CouchDB's query server and {@code
 * chttpd:error_info} have it: functions may throw {@code ["error", name, reason]} or {@code {error,
 * reason}} and so choose the answer.
 */
final class ScriptProblems {
  private ScriptProblems() {}

  static HttpProblem of(ScriptException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case MISSING -> HttpProblem.notFound(message);
      case COMPILE -> new HttpProblem(500, "compilation_error", message);
      case TIMEOUT -> new HttpProblem(500, "timeout", message);
      case MEMORY, STACK, OUTPUT -> new HttpProblem(500, "function_exhausted", message);
      case THROWN ->
          failure
              .thrown()
              .flatMap(ScriptProblems::chosen)
              .orElseGet(() -> new HttpProblem(500, name(failure), message));
    };
  }

  private static String name(ScriptException failure) {
    return failure.name().isEmpty() ? "unnamed_error" : failure.name();
  }

  private static Optional<HttpProblem> chosen(JsonNode thrown) {
    JsonNode error = thrown.isArray() ? thrown.path(1) : thrown.path("error");
    JsonNode reason = thrown.isArray() ? thrown.path(2) : thrown.path("reason");
    boolean chosen = error.isString() && !reason.isMissingNode();
    return chosen ? Optional.of(problem(error.asString(), reason)) : Optional.empty();
  }

  private static HttpProblem problem(String error, JsonNode reason) {
    int status =
        switch (error) {
          case "bad_request" -> 400;
          case "unauthorized" -> 401;
          case "forbidden" -> 403;
          case "not_found" -> 404;
          case "method_not_allowed" -> 405;
          case "conflict" -> 409;
          default -> 500;
        };
    return new HttpProblem(
        status, error, reason.isString() ? reason.asString() : reason.toString());
  }
}
