package org.skerry.http.couch.schedule;

import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** Ids of replications in paths. */
final class JobIds {
  private JobIds() {}

  /** The plus before an option was read as a space, unless it came as {@code %2B}. */
  static String of(Exchange exchange) {
    return exchange.variable("id").replace(' ', '+');
  }

  static HttpProblem missing() {
    return HttpProblem.notFound("missing");
  }
}
