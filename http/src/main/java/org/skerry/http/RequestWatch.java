package org.skerry.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Tells who listens of requests that ended. Any thread. */
final class RequestWatch {
  /** What proxies write of requests whose client did not wait for any answer. */
  private static final int CLIENT_GONE = 499;

  /** Volatile: set once, while requests may come already. */
  private volatile RequestListener listener = RequestListener.NONE;

  void listener(RequestListener next) {
    listener = next;
  }

  /**
   * Tells of one.
   *
   * @param exchange knows who sent it
   * @param start in nanoseconds, by the clock of {@link System#nanoTime}
   */
  void ended(Request request, Response response, JettyExchange exchange, long start) {
    long nanos = System.nanoTime() - start;
    String id = response.getHeaders().get(CommonHeaders.REQUEST_ID);
    listener.finished(
        new FinishedRequest(
            id == null ? "" : id,
            request.getMethod(),
            PathsAsSent.path(request.getHttpURI()),
            exchange.user().name(),
            exchange.address(),
            exchange.isAnswered() ? response.getStatus() : CLIENT_GONE,
            nanos));
  }
}
