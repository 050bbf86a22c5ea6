package org.skerry.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A server with a few endpoints for tests, and ways to talk to it. Anybody is let in as "nurse".
 */
public final class RunningServer implements AutoCloseable {
  public static final Authenticator NURSE =
      caller ->
          Optional.of(
              new Authenticator.SignedIn(
                  new UserContext(Optional.of("nurse"), Set.of(), Optional.of("test")), List.of()));

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningServer(HttpServer server) {
    this.server = server;
  }

  public static RunningServer start(Router.Route... routes) {
    return start(HttpSettings.defaults(), NURSE, routes);
  }

  public static RunningServer start(
      HttpSettings settings, Authenticator authenticator, Router.Route... routes) {
    return start(settings, HttpPolicy.fixed(settings), authenticator, routes);
  }

  /** Under a policy of its own. */
  public static RunningServer start(
      HttpSettings settings,
      HttpPolicy policy,
      Authenticator authenticator,
      Router.Route... routes) {
    try {
      return new RunningServer(
          HttpServer.start(settings, policy, new PatternRouter(List.of(routes)), authenticator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Router.Route route(Method method, String pattern, Endpoint endpoint) {
    return new Router.Route(method, pattern, endpoint);
  }

  /** An endpoint that stores what it reads whole; what ends early never arrives in the list. */
  static Router.Route storing(List<byte[]> stored) {
    return route(
        Method.PUT,
        "/store",
        exchange -> {
          stored.add(exchange.readBody());
          exchange.answer(json(201, "{\"ok\":true}"));
        });
  }

  public static Answer json(int status, String text) {
    return Answer.json(status, text.getBytes(StandardCharsets.UTF_8));
  }

  public HttpServer server() {
    return server;
  }

  public URI uri(String path) {
    return URI.create(server.baseUrl() + path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(path, request -> headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> change) {
    try {
      HttpRequest request = change.apply(HttpRequest.newBuilder(uri(path))).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends bytes as they are, then says that no more come, and returns all that is answered. */
  String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    return new Socket("127.0.0.1", server.port());
  }

  static List<byte[]> nothingStored() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
