package org.skerry.http;

import java.util.ArrayList;
import java.util.List;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;

/**
 * What a client is told instead of what it asked for: a status, and CouchDB's {@code error} and
 * {@code reason}.
 */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final transient List<AnswerHead.Header> headers;

  /**
   * A problem.
   *
   * @param error CouchDB's short name for it, on which programs depend
   * @param reason for people: found, expected, what to do; nothing secret
   */
  public HttpProblem(int status, String error, String reason) {
    this(status, error, reason, List.of());
  }

  private HttpProblem(int status, String error, String reason, List<AnswerHead.Header> headers) {
    super(reason, null, false, false);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }

  /** The same with one header more in its answer. */
  public HttpProblem with(String name, String value) {
    List<AnswerHead.Header> more = new ArrayList<>(headers);
    more.add(new AnswerHead.Header(name, value));
    return new HttpProblem(status, error, reason(), List.copyOf(more));
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

  /** The request, or its body, is longer than this node takes. */
  public static HttpProblem tooLarge(String reason) {
    return new HttpProblem(413, "too_large", reason);
  }

  /** A body could not be read as JSON: it is none, or has too many values for a tree. */
  public static HttpProblem brokenJson(JacksonException why) {
    String reason = why.getOriginalMessage();
    return JsonIn.isTooLong(why)
        ? tooLarge(reason)
        : badRequest("bad_request", "invalid UTF-8 JSON: " + reason);
  }

  public int status() {
    return status;
  }

  public String error() {
    return error;
  }

  /** Headers of the answer besides those that every answer has. */
  public List<AnswerHead.Header> headers() {
    return headers;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
