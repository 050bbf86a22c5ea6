package org.skerry.http;

import java.util.List;
import java.util.Map;

/**
 * Finds the endpoint of a request.
 *
 * <p>A pattern is a path whose segments are literal, {@code {name}} for one segment, or {@code
 * {name*}} at the end for one or more. Of the patterns that fit, the one with the earliest literal
 * wins: {@code /{db}/_all_docs} before {@code /{db}/{doc}}.
 */
public interface Router {
  /** A route: requests of that method and path go to that endpoint. */
  record Route(Method method, String pattern, Endpoint endpoint) {}

  /** An endpoint with the pattern's variables, decoded. */
  record Match(Endpoint endpoint, Map<String, String> variables) {}

  /**
   * The endpoint for a request.
   *
   * @param segments of the path, decoded one by one, so that {@code %2F} does not part them
   * @throws HttpProblem 404 when no pattern fits, 405 with the methods that would fit
   */
  Match find(Method method, List<String> segments);

  /**
   * The answer for a method that no endpoint knows: 405 with the methods that would fit.
   *
   * @throws HttpProblem 404 when no pattern fits the path
   */
  HttpProblem notAllowed(List<String> segments);

  /** How problems below a path are told; also those of requests that found no endpoint. */
  default ProblemForm problems(List<String> segments) {
    return ProblemForm.COUCH;
  }
}
