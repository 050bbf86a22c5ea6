package org.skerry.http;

/**
 * What a client is told instead of what it asked for: a status, and CouchDB's {@code error} and
 * {@code reason}.
 */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  /**
   * A problem.
   *
   * @param error CouchDB's short name for it, on which programs depend
   * @param reason for people: found, expected, what to do; nothing secret
   */
  public HttpProblem(int status, String error, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.error = error;
  }

  public static HttpProblem badRequest(String error, String reason) {
    return new HttpProblem(400, error, reason);
  }

  public static HttpProblem notFound(String reason) {
    return new HttpProblem(404, "not_found", reason);
  }

  public static HttpProblem forbidden(String reason) {
    return new HttpProblem(403, "forbidden", reason);
  }

  public static HttpProblem unauthorized(String reason) {
    return new HttpProblem(401, "unauthorized", reason);
  }

  public static HttpProblem conflict() {
    return new HttpProblem(409, "conflict", "Document update conflict.");
  }

  public int status() {
    return status;
  }

  public String error() {
    return error;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
