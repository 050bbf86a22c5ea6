package org.skerry.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which scripts from other origins may call this node.
 *
 * <p>The origin is echoed and never answered with {@code *}: browsers refuse {@code *} for requests
 * with credentials, and every request here has some.
 */
final class Cors {
  private static final String METHODS = "GET, PUT, POST, HEAD, DELETE, COPY";
  private static final String EXPOSED =
      "content-type, cache-control, accept-ranges, etag, location, server, x-couch-request-id,"
          + " x-couch-update-newrev, x-couchdb-body-time";
  private static final String PREFLIGHT_SECONDS = "600";

  private final Supplier<Set<String>> allowed;

  /** Allows these origins; {@code *} among them allows any. */
  Cors(Supplier<Set<String>> origins) {
    this.allowed = origins;
  }

  /** The headers for an answer to this request; none when the origin is not allowed. */
  List<AnswerHead.Header> headers(Caller caller) {
    if (allowed.get().isEmpty()) {
      return List.of();
    }
    return allowed(caller)
        .map(
            origin ->
                List.of(
                    new AnswerHead.Header("Access-Control-Allow-Origin", origin),
                    new AnswerHead.Header("Access-Control-Allow-Credentials", "true"),
                    new AnswerHead.Header("Access-Control-Expose-Headers", EXPOSED),
                    new AnswerHead.Header("Vary", "Origin")))
        .orElse(List.of());
  }

  /** The answer to a browser that asks beforehand; nothing when this is not such a request. */
  Optional<Answer> preflight(String method, Caller caller) {
    if (!method.equals("OPTIONS")
        || caller.header("Access-Control-Request-Method").isEmpty()
        || allowed(caller).isEmpty()) {
      return Optional.empty();
    }
    // Whatever the browser wants to send is granted: the origin is trusted with credentials.
    String wanted = caller.header("Access-Control-Request-Headers").orElse("");
    return Optional.of(
        Answer.empty(204)
            .with("Access-Control-Allow-Methods", METHODS)
            .with("Access-Control-Allow-Headers", wanted)
            .with("Access-Control-Max-Age", PREFLIGHT_SECONDS));
  }

  private Optional<String> allowed(Caller caller) {
    Set<String> origins = allowed.get();
    return caller
        .header("Origin")
        .filter(origin -> origins.contains("*") || origins.contains(origin));
  }
}
