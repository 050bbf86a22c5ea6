package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.PatternRouter;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node in memory behind a real server, with an empty database {@code db}; all are admins. */
final class DocumentNode implements AutoCloseable {
  /** Small enough to be exceeded in a test. */
  static final int MAX_ATTACHMENT = 200_000;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MAX_DOCUMENT = 100_000;

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server;

  DocumentNode() {
    UserContext admin =
        new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("test"));
    Authenticator everybody = caller -> Optional.of(new Authenticator.SignedIn(admin, List.of()));
    CouchSettings settings =
        CouchSettings.fixed("0.1", new DocumentLimits(MAX_DOCUMENT, 100), MAX_ATTACHMENT);
    try {
      server =
          HttpServer.start(
              HttpSettings.defaults().at("127.0.0.1", 0),
              new PatternRouter(new CouchApi(databases, settings).routes()),
              everybody);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put("/db", "");
  }

  /** An answer. */
  record Reply(int status, HttpHeaders headers, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return MAPPER.readTree(bytes);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The revision in a successful answer to a write. */
    String rev() {
      if (status / 100 != 2) {
        throw new AssertionError(status + " " + text());
      }
      return json().path("rev").asString();
    }

    /** Status, error and reason, in one line. */
    String problem() {
      return status
          + " "
          + json().path("error").asString("")
          + ": "
          + json().path("reason").asString("");
    }
  }

  Reply get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  Reply put(String path, String json, String... headers) {
    return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply post(String path, String json, String... headers) {
    return send("POST", path, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, new byte[0], headers);
  }

  /** Sends JSON, unless the headers name another type. */
  Reply send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** With what tests write as it is and no URL may hold. */
  private String url(String path) {
    return server.baseUrl()
        + path.replace("\"", "%22").replace("[", "%5B").replace("{", "%7B").replace("}", "%7D");
  }

  /** Sends bytes as they are, then says that no more come, and returns all that is answered. */
  String raw(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    return new Socket("127.0.0.1", server.port());
  }

  /** Writes a revision that has its name; the first hash is the revision's, the others its past. */
  String branch(String id, String members, String... newestFirst) {
    String hashes = "\"" + String.join("\",\"", newestFirst) + "\"";
    String json =
        "{\"_revisions\":{\"start\":" + newestFirst.length + ",\"ids\":[" + hashes + "]}" + members;
    return put("/db/" + id + "?new_edits=false", json + "}").rev();
  }

  /** Documents, living and deleted, and attachments: whether anything was stored. */
  String totals() {
    JsonNode info = get("/db").json();
    return info.path("doc_count") + " live, " + info.path("doc_del_count") + " deleted";
  }

  Database database() {
    return databases.find("db").orElseThrow();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    store.close();
  }
}
