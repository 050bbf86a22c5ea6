package org.skerry.replication.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Answers as a database, whoever was asked for, and lets a test note who that was.
 *
 * @param seen gets each request before it is answered
 */
record FarDatabase(Consumer<HttpExchange> seen) implements HttpHandler {
  private static final byte[] INFO = "{\"update_seq\":\"7-x\"}".getBytes(StandardCharsets.UTF_8);

  /** A request's method, target, and what it says to a proxy. */
  static String line(HttpExchange exchange) {
    return "%s %s %s"
        .formatted(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    seen.accept(exchange);
    exchange.sendResponseHeaders(200, INFO.length);
    exchange.getResponseBody().write(INFO);
    exchange.close();
  }
}
