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
public final class PlayedPeer implements AutoCloseable {
  private static final String NEAR = "127.0.0.1";

  /** Loopback too, and no name by which replications know their own machine. */
  private static final String FAR = "127.0.0.2";

  private final HttpServer server;
  private final String host;

  /** Begins to answer. */
  public PlayedPeer(HttpHandler answers) throws IOException {
    this(NEAR, answers);
  }

  private PlayedPeer(String host, HttpHandler answers) throws IOException {
    this.host = host;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
    server.createContext("/", answers);
    server.start();
  }

  /** One that replications take for one on another machine. */
  static PlayedPeer far(HttpHandler answers) throws IOException {
    return new PlayedPeer(FAR, answers);
  }

  /** Its database, for whoever is not asked who they are. */
  public Endpoint.Remote endpoint() {
    return endpoint(Optional.empty(), Map.of());
  }

  Endpoint.Remote endpoint(
      Optional<Endpoint.Credentials> credentials, Map<String, String> headers) {
    URI url = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/db");
    return new Endpoint.Remote(url, credentials, headers);
  }

  /** Answers in chunks, and ends the exchange. */
  public static void say(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    say(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  static void say(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
