package org.skerry.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * One site's HTTP API, with JSON in and out. Whatever does not succeed is a {@link DemoException}
 * that names site, request, status and the node's reason. Any thread may call.
 */
final class CouchClient implements AutoCloseable {
  /** Every answer's head has to be there by then, on however busy a machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A row is followed by others. */
  private static final ObjectReader ROW =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final String site;
  private final String url;
  private final String authorization;

  CouchClient(String site, String url, Credentials credentials) {
    this.site = site;
    this.url = url;
    String pair = credentials.user() + ":" + credentials.password();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The path of a document, whose id has a slash in it. */
  static String path(String database, String id) {
    return "/" + database + "/" + id.replace("/", "%2F");
  }

  JsonNode get(String path) {
    return json(request(path).GET(), "GET " + path);
  }

  JsonNode put(String path, JsonNode body) {
    return json(request(path).PUT(publisher(body)), "PUT " + path);
  }

  JsonNode put(String path) {
    return json(request(path).PUT(BodyPublishers.noBody()), "PUT " + path);
  }

  JsonNode post(String path, JsonNode body) {
    return json(request(path).POST(publisher(body)), "POST " + path);
  }

  /** An answer as it comes, for feeds that never end. */
  InputStream open(String path) {
    return send(request(path).GET(), "GET " + path);
  }

  /**
   * Hands over an answer's rows one by one, however many there are.
   *
   * @param array the member that holds them
   */
  void rows(String path, String array, Consumer<JsonNode> row) {
    try (InputStream in = open(path);
        JsonParser parser = Json.MAPPER.createParser(in)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY && array.equals(parser.currentName())) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            row.accept(ROW.readTree(parser));
          }
        }
      }
    } catch (IOException | JacksonException e) {
      throw failure("GET " + path, "the answer broke off: " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", authorization)
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher publisher(JsonNode body) {
    return BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
  }

  private JsonNode json(HttpRequest.Builder request, String what) {
    try (InputStream in = send(request, what)) {
      return Json.MAPPER.readTree(in);
    } catch (IOException | JacksonException e) {
      throw failure(what, "the answer is no JSON: " + e.getMessage(), e);
    }
  }

  private InputStream send(HttpRequest.Builder request, String what) {
    try {
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() < 300) {
        return answer.body();
      }
      try (InputStream in = answer.body()) {
        String body = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        throw failure(what, "answered " + answer.statusCode() + " " + body);
      }
    } catch (IOException e) {
      throw failure(what, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(what, "interrupted", e);
    }
  }

  private DemoException failure(String what, String problem) {
    return new DemoException(site + ": " + what + ": " + problem);
  }

  private DemoException failure(String what, String problem, Throwable cause) {
    return new DemoException(site + ": " + what + ": " + problem, cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
