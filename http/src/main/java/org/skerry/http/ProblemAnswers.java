package org.skerry.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.io.JsonStringEncoder;

/** The one place where problems become CouchDB's error bodies. */
final class ProblemAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  private ProblemAnswers() {}

  static Answer of(HttpProblem problem) {
    AnswerHead head = AnswerHead.json(problem.status());
    for (AnswerHead.Header header : problem.headers()) {
      head = head.with(header.name(), header.value());
    }
    return new Answer(head, body(problem.error(), problem.reason()));
  }

  /**
   * What a client is told of a failure that nobody expected. What failed goes to the log; the
   * client gets a reference under which it is found there, and nothing else.
   */
  static HttpProblem unexpected(String request, Throwable failure) {
    String reference = Long.toHexString(ThreadLocalRandom.current().nextLong());
    LOG.error("{} failed, reference {}", request, reference, failure);
    return new HttpProblem(
        500,
        "internal_server_error",
        "The node could not answer. Its log says why, under the reference " + reference);
  }

  /** {@code {"error":…,"reason":…}} with a line's end, as CouchDB sends it. */
  static byte[] body(String error, String reason) {
    return ("{\"error\":\"" + escape(error) + "\",\"reason\":\"" + escape(reason) + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
  }
}
