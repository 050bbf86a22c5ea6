package org.skerry.exchange.parent;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skerry.database.Databases;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.InnerRequest;
import org.skerry.http.InnerRequests;

/**
 * {@code POST /ws/rest/sync2}: makes the request that stands in a {@link Wrapper}; the answer is
 * that request's.
 */
public final class RunWrapped implements Endpoint {
  /** Of the answer; others speak of the connection. */
  private static final List<String> HEADERS =
      List.of("Content-Type", "ETag", "Last-Modified", "Location", "Content-Location");

  private final Databases databases;
  private final String described;
  private final InnerRequests node;

  /**
   * Runs requests.
   *
   * @param described the database that may hold a {@link Whitelist}
   */
  public RunWrapped(Databases databases, String described, InnerRequests node) {
    this.databases = databases;
    this.described = described;
    this.node = node;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!exchange.user().isSignedIn()) {
      throw HttpProblem.unauthorized("Authentication required.");
    }
    Wrapper wrapper = Wrapper.read(exchange.readBody());
    if (!Whitelist.read(databases, described).admits(wrapper.instanceId())) {
      throw HttpProblem.unauthorized(
          "The instance `" + wrapper.instanceId() + "` is not on this node's whitelist.");
    }
    Answer answer =
        node.ask(
            exchange,
            new InnerRequest(
                wrapper.method(),
                OwnPlace.target(wrapper.url(), exchange.baseUrl()),
                headers(wrapper),
                wrapper.body()));
    exchange.answer(new Answer(shown(answer.head()), answer.body()));
  }

  private static Map<String, String> headers(Wrapper wrapper) {
    String type = wrapper.fhir() ? "application/fhir+json" : "application/json";
    Map<String, String> headers = new HashMap<>(wrapper.headers());
    headers.putIfAbsent("Accept", type);
    headers.putIfAbsent("Content-Type", type);
    return headers;
  }

  private static AnswerHead shown(AnswerHead head) {
    return new AnswerHead(
        head.status(),
        head.headers().stream()
            .filter(header -> HEADERS.stream().anyMatch(header.name()::equalsIgnoreCase))
            .toList(),
        head.length());
  }
}
