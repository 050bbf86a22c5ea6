package org.skerry.http;

/** How an API tells its clients of problems. Called by many threads at once. */
@FunctionalInterface
public interface ProblemForm {
  /** {@code {"error":…,"reason":…}}, as CouchDB's clients expect it. */
  ProblemForm COUCH = (problem, exchange) -> ProblemAnswers.of(problem);

  /**
   * The answer that says so, with the problem's headers.
   *
   * @param exchange of which nobody may be signed in, and no variable known
   */
  Answer answer(HttpProblem problem, Exchange exchange);
}
