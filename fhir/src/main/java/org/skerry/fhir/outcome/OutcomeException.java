package org.skerry.fhir.outcome;

import java.util.List;
import java.util.stream.Collectors;
import org.skerry.http.AnswerHead;

/** What a client is told instead of what it asked for, when one sentence does not say it. */
public final class OutcomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Issue> issues;
  private final transient List<AnswerHead.Header> headers;

  /** A problem with several issues. */
  public OutcomeException(int status, List<Issue> issues) {
    this(status, issues, List.of());
  }

  /** A problem with headers in its answer. */
  public OutcomeException(int status, List<Issue> issues, List<AnswerHead.Header> headers) {
    super(issues.stream().map(Issue::diagnostics).collect(Collectors.joining("; ")));
    this.status = status;
    this.issues = List.copyOf(issues);
    this.headers = List.copyOf(headers);
  }

  /** A problem with one issue. */
  public static OutcomeException of(int status, String code, String diagnostics) {
    return new OutcomeException(status, List.of(Issue.error(code, diagnostics)));
  }

  /** Something in the request cannot be. */
  public static OutcomeException invalid(String diagnostics) {
    return of(400, "invalid", diagnostics);
  }

  /** Something that this server does not do. */
  public static OutcomeException notSupported(int status, String diagnostics) {
    return of(status, "not-supported", diagnostics);
  }

  public int status() {
    return status;
  }

  public List<Issue> issues() {
    return issues;
  }

  /** Headers of the answer besides those that every answer has. */
  public List<AnswerHead.Header> headers() {
    return headers;
  }
}
