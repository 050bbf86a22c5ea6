package org.skerry.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running node, for commands that tell it something. One thread. */
final class NodeClient implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI base;
  private final Optional<String> credentials;

  private NodeClient(URI base, Optional<String> credentials) {
    this.base = base;
    this.credentials = credentials;
  }

  /**
   * A client of the node at that URL; a path below it names a database.
   *
   * @param auth a file with {@code name:password}, instead of those in the URL
   * @throws IllegalArgumentException when it is no URL of a node
   */
  static NodeClient of(String url, @Nullable Path auth) throws IOException {
    URI uri = URI.create(url);
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("no URL: expected http://host:port");
    }
    Optional<String> credentials =
        auth == null
            ? Optional.ofNullable(uri.getUserInfo())
            : Optional.of(Files.readString(auth).strip());
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    // Without the credentials, which the client would not send.
    return new NodeClient(
        URI.create(uri.getScheme() + "://" + uri.getHost() + port + path), credentials);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends a request; the path begins with a slash. */
  HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    credentials.ifPresent(
        both ->
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      // It has no message of its own.
      throw new IOException(
          e.getCause() instanceof UnresolvedAddressException
              ? "nobody knows the name " + base.getHost() + ": is " + base + " right?"
              : "nobody answers at " + base + ": is the node running?",
          e);
    } catch (HttpTimeoutException e) {
      throw new IOException(
          base + " has not answered for " + ANSWER.toSeconds() + " seconds: is it busy?", e);
    } catch (SSLException e) {
      throw new IOException(
          base + " cannot be trusted, or speaks no TLS: " + e.getMessage() + "; is it http://?", e);
    }
  }

  /** What an answer that nobody can use means. */
  static IOException unexpected(HttpResponse<String> answer) {
    return new IOException(
        answer.uri() + " answered " + answer.statusCode() + ": " + refusal(answer));
  }

  /** Why a node refused something, in its words, and what to do where that is known. */
  static String refusal(HttpResponse<String> answer) {
    String told = answer.body().strip();
    try {
      JsonNode json = MAPPER.readTree(told);
      if (json.path("reason").isString()) {
        told = json.path("error").asString("refused") + ": " + json.path("reason").stringValue();
      }
    } catch (JacksonException e) {
      // Somebody else answered: a proxy, mostly.
    }
    return answer.statusCode() == 401
        ? told + " Sign in by http://name:password@host:port, or by --auth-file."
        : told;
  }

  /** Whether it names a database. */
  boolean hasPath() {
    return !base.getRawPath().isEmpty();
  }

  /** The node's URL, without a database and without credentials. */
  String node() {
    return base.getScheme() + "://" + base.getRawAuthority();
  }

  @Override
  public void close() {
    client.close();
  }
}
