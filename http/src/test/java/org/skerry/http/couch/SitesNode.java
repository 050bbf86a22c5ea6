package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.UserContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A served node with a database {@code care} of two clinics, {@code hill} and {@code shore}, whose
 * users {@code ann} and {@code ben} are sites; {@code cleo} reads everything. Patients {@code p1}
 * and {@code p2} of the hill and {@code q1} of the shore have notes; {@code word} is everyone's.
 */
final class SitesNode implements AutoCloseable {
  static final String RULES =
      """
      {"rules": [
        {"type": "patient", "site": "/at", "urgency": 10},
        {"type": "note", "follow": "/patient"},
        {"type": "word", "everyone": true}
      ]}\
      """;
  static final String ADMIN = "admin";
  static final String HILL = "ann";
  static final String SHORE = "ben";
  static final String ALL = "cleo";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CouchNode node = new CouchNode();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  SitesNode() {
    Authenticator byHeader =
        caller ->
            caller
                .header("X-User")
                .map(SitesNode::user)
                .map(user -> new Authenticator.SignedIn(user, List.of()));
    try {
      server =
          HttpServer.start(HttpSettings.defaults().at("127.0.0.1", 0), node.router(), byHeader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static UserContext user(String name) {
    return name.equals(ADMIN) ? CouchNode.ADMIN : CouchNode.user(name, "staff-of-" + name);
  }

  /** Makes the database with its rules, sites and documents. */
  SitesNode filled() {
    put("/care", "");
    put("/care/_security", "{\"members\":{\"names\":[\"cleo\"]}}");
    put("/care/_scope", RULES);
    put("/_sites/hill", "{\"name\":\"Hill\",\"users\":\"ann\",\"search\":true}");
    put("/_sites/shore", "{\"name\":\"Shore\",\"roles\":[\"staff-of-ben\"]}");
    put("/care/p1", "{\"type\":\"patient\",\"at\":\"hill\",\"name\":\"Okafor\"}");
    put("/care/p2", "{\"type\":\"patient\",\"at\":\"hill\",\"name\":\"Rahman\"}");
    put("/care/q1", "{\"type\":\"patient\",\"at\":\"shore\",\"name\":\"Castillo\"}");
    put("/care/n1", "{\"type\":\"note\",\"patient\":\"p1\",\"text\":\"fever\"}");
    put("/care/m1", withAttachment("q1", "measles"));
    put("/care/word", "{\"type\":\"word\",\"text\":\"hello\"}");
    put("/care/lost", "{\"type\":\"nothing\"}");
    put(
        "/care/_design/desk",
        """
        {"views":{
          "kinds":{"map":"doc => { emit(doc.type, doc._id) }","reduce":"_count"},
          "names":{"map":"doc => { if (doc.name) emit(doc.name, null) }"}},
         "filters":{"all":"doc => true"},
         "updates":{"touch":"(doc, req) => [doc, doc ? 'known' : 'unknown']"}}\
        """);
    settle();
    return this;
  }

  /** A note with an attachment of a few bytes. */
  static String withAttachment(String patient, String text) {
    return String.format(
        "{\"type\":\"note\",\"patient\":\"%s\",\"text\":\"%s\",\"_attachments\":{\"scan.txt\":"
            + "{\"content_type\":\"text/plain\",\"data\":\"c2VjcmV0\"}}}",
        patient, text);
  }

  /** Lets documents follow. */
  void settle() {
    node.settle("care");
  }

  CouchNode node() {
    return node;
  }

  HttpRequest.Builder to(String user, String path) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
        .header("X-User", user)
        .header("Content-Type", "application/json");
  }

  /** An answer as the network sees it. */
  HttpResponse<String> ask(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<InputStream> stream(String user, String path) throws Exception {
    return client.send(to(user, path).build(), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> send(String user, String method, String path, String json) {
    return ask(to(user, path).method(method, BodyPublishers.ofString(json)).build());
  }

  HttpResponse<String> send(
      String user, String method, String path, String json, Map<String, String> headers) {
    HttpRequest.Builder request = to(user, path).method(method, BodyPublishers.ofString(json));
    headers.forEach(request::setHeader);
    return ask(request.build());
  }

  HttpResponse<String> get(String user, String path) {
    return send(user, "GET", path, "");
  }

  JsonNode json(String user, String path) {
    return json(get(user, path));
  }

  JsonNode post(String user, String path, String json) {
    return json(send(user, "POST", path, json));
  }

  static JsonNode json(HttpResponse<String> answer) {
    return json(answer.body());
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** Writes as the administrator, which must succeed; follows what is there. */
  String put(String path, String json) {
    HttpResponse<String> there = get(ADMIN, path);
    Optional<String> rev =
        there.statusCode() == 200 && json(there).has("_rev")
            ? Optional.of(json(there).path("_rev").asString())
            : Optional.empty();
    HttpResponse<String> answer =
        send(ADMIN, "PUT", path + rev.map(known -> "?rev=" + known).orElse(""), json);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 201);
    return json(answer).path("rev").asString("");
  }

  String rev(String id) {
    return json(ADMIN, "/care/" + id).path("_rev").asString();
  }

  /** The texts of a member of each row of an answer. */
  static List<String> texts(JsonNode rows, String member) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.path(member).asString("")));
    return texts;
  }

  @Override
  public void close() {
    client.close();
    server.close();
    node.close();
  }
}
