package org.skerry.replication.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.skerry.replication.peer.Endpoint;

/** A peer that a test plays: a server on loopback that answers as the test has it. */
final class PlayedPeer implements AutoCloseable {
  private final HttpServer server;

  PlayedPeer(HttpHandler answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", answers);
    server.start();
  }

  /** Its database, for whoever is not asked who they are. */
  Endpoint.Remote endpoint() {
    return endpoint(Optional.empty(), Map.of());
  }

  Endpoint.Remote endpoint(
      Optional<Endpoint.Credentials> credentials, Map<String, String> headers) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/db");
    return new Endpoint.Remote(url, credentials, headers);
  }

  /** Answers in chunks, and ends the exchange. */
  static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
