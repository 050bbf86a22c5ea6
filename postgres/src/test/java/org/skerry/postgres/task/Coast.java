package org.skerry.postgres.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router.Route;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node in memory over real HTTP, with satellites. Whoever names no user administers it. */
final class Coast implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final UserContext ADMIN =
      new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("default"));
  private static final UserContext NURSE =
      new UserContext(Optional.of("nurse"), Set.of(), Optional.of("default"));

  private final Databases databases = new Databases(new MemoryStore());
  private final Satellites satellites =
      new Satellites(
          new Surroundings(
              databases,
              true,
              satellite -> Optional.empty(),
              (database, rules) -> database.scope(Optional.of(rules)),
              InstantSource.system()));
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Coast() {
    List<Route> routes =
        new ArrayList<>(new CouchApi(databases, CouchSettings.ofVersion("0.1")).routes());
    routes.addAll(SatelliteRoutes.of(satellites));
    Authenticator names =
        caller ->
            Optional.of(
                new Authenticator.SignedIn(
                    caller.header("X-Nurse").isPresent() ? NURSE : ADMIN, List.of()));
    try {
      server =
          HttpServer.start(
              HttpSettings.defaults().at("127.0.0.1", 0), new PatternRouter(routes), names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    satellites.start();
    expect("PUT", "/_postgres", "");
  }

  Satellites satellites() {
    return satellites;
  }

  Database database(String name) {
    return databases.find(name).orElseThrow();
  }

  Databases databases() {
    return databases;
  }

  /** Describes a satellite that fills the database {@code clinic}. */
  Coast satellite(String name, TestDatabase application, String mapping, String more) {
    return described(name, description(application, mapping, more));
  }

  /** Describes a satellite, and waits until the node has noticed. */
  Coast described(String name, String description) {
    expect("PUT", "/_postgres/" + name, description);
    try {
      satellites.awaitRunner(name);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  static String description(TestDatabase application, String mapping, String more) {
    return """
    {"url":"%s","user":"%s","password":"%s","database":"clinic",%s"mapping":%s}
    """
        .formatted(application.url(), PostgresServer.USER, PostgresServer.PASSWORD, more, mapping);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode expect(String method, String path, String body) {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** How a satellite stands. */
  JsonNode status(String satellite) {
    return expect("GET", "/_postgres/_status/" + satellite, "");
  }

  /** Has a direction run, and waits until it has. */
  JsonNode run(String satellite, String task) {
    return expect("POST", "/_postgres/_status/" + satellite + "/run?wait=300&task=" + task, "");
  }

  @Override
  public void close() {
    client.close();
    server.close();
    satellites.close();
    databases.close();
  }
}
