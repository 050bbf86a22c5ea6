package org.skerry.postgres.old;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
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

/** Calls through real HTTP; those of a satellite are made by Python's own library, as ever. */
class AnswerOldCallTest {
  private static final String MAPPING =
      """
      {"tables": [
        {"name": "party_party", "row": {"natural": ["code"]}, "columns": ["code", "name"]},
        {"name": "gnuhealth_du", "columns": ["name", "desc", "size", "built"],
         "references": {"owner": "party_party"}},
        {"name": "gnuhealth_log", "mode": "push", "columns": ["text"]}]}
      """;

  /** What the old engine does, in its own language: the class members are its marshaller's. */
  private static final String SATELLITE =
      """
      import sys, xmlrpc.client, datetime, json
      server = xmlrpc.client.ServerProxy(sys.argv[1], allow_none=True, use_builtin_types=True)
      noon = datetime.datetime(2026, 3, 1, 12, 0, 5)
      ctx = {'synchronisation_id': int(sys.argv[2])}
      uuid = {'__class__': 'uuid', 'urn': 'urn:uuid:6f0c6b7e-0000-4000-8000-000000000001'}
      if sys.argv[3] == 'push':
          print(json.dumps(getattr(server, 'model.party.party.synchronise')(
              [{'code': 'P1', 'name': 'Ñúñez & son', 'write_date': noon, 'active': True}], ctx)[0]))
          print(json.dumps(getattr(server, 'model.gnuhealth.du.synchronise')(
              [{'uuid': uuid, 'name': 'House', 'desc': None, 'owner': 'P1',
                'size': {'__class__': 'Decimal', 'decimal': '12.50'},
                'built': {'__class__': 'date', 'year': 1980, 'month': 2, 'day': 29},
                'synchronised_instances': {'__class__': 'bitstring', 'bin': '0' * 128},
                'create_date': noon}], ctx)[0]))
      else:
          rows = getattr(server, 'model.gnuhealth.du.get_to_synchronise')(ctx)
          row = rows[0]
          has = [[row['uuid'], row['write_date']]]
          again = getattr(server, 'model.gnuhealth.du.get_to_synchronise')(has, ctx)
          for name in ('create_date', 'write_date', 'synchronised_instances'):
              row.pop(name)
          print(json.dumps([row, len(again)], sort_keys=True))
      """;

  private final TestDatabase application =
      PostgresServer.shared()
          .database(
              "CREATE TABLE party_party (id serial PRIMARY KEY, code varchar, name varchar)",
              "CREATE TABLE gnuhealth_du (id serial PRIMARY KEY, name varchar, \"desc\" text,"
                  + " size numeric, built date, owner integer REFERENCES party_party)",
              "CREATE TABLE gnuhealth_log (id serial PRIMARY KEY, text varchar)");
  private final Databases databases = new Databases(new MemoryStore());
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    databases.create("health");
    databases
        .create("_postgres")
        .orElseThrow()
        .update(
            new NewRevision(
                DocId.of("tryton"),
                Optional.empty(),
                false,
                Body.parse(
                    "{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"database\":\"health\",\"mapping\":%s}"
                        .formatted(
                            application.url(),
                            PostgresServer.USER,
                            PostgresServer.PASSWORD,
                            MAPPING)),
                List.of()));
    CouchApi couch = new CouchApi(databases, CouchSettings.ofVersion("0.1"));
    List<Route> routes = new ArrayList<>(couch.routes());
    routes.addAll(OldProtocol.routes(databases, couch.access()::member, InstantSource.system()));
    UserContext admin =
        new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("default"));
    Authenticator everybody = caller -> Optional.of(new Authenticator.SignedIn(admin, List.of()));
    server =
        HttpServer.start(
            HttpSettings.defaults().at("127.0.0.1", 0), new PatternRouter(routes), everybody);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private String url() {
    return server.baseUrl() + "/health/_synchronise/tryton";
  }

  private String python(int satellite, String direction) throws Exception {
    Process process =
        new ProcessBuilder("python3", "-c", SATELLITE, url(), "" + satellite, direction)
            .redirectErrorStream(true)
            .start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    }
  }

  private HttpResponse<String> post(String path, String xml) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
            .header("Content-Type", "text/xml")
            .POST(HttpRequest.BodyPublishers.ofString(xml))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String call(String method) throws Exception {
    HttpResponse<String> answer =
        post(
            "/health/_synchronise/tryton",
            "<methodCall><methodName>"
                + method
                + "</methodName><params><param><value><struct><member><name>synchronisation_id"
                + "</name><value><int>1</int></value></member></struct></value></param></params>"
                + "</methodCall>");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
    return answer.body();
  }

  @Test
  void whatOnePythonSatellitePushesAnotherGets() throws Exception {
    assertThat(python(3, "push"))
        .isEqualTo(
            """
            ["P1"]
            [{"__class__": "uuid", "urn": "urn:uuid:6f0c6b7e-0000-4000-8000-000000000001"}]
            """);
    assertThat(python(4, "pull"))
        .isEqualTo(
            "[{\"built\": {\"__class__\": \"date\", \"day\": 29, \"month\": 2, \"year\": 1980},"
                + " \"desc\": null, \"name\": \"House\", \"owner\": \"P1\", \"size\":"
                + " {\"__class__\": \"Decimal\", \"decimal\": \"12.50\"}, \"uuid\":"
                + " {\"__class__\": \"uuid\","
                + " \"urn\": \"urn:uuid:6f0c6b7e-0000-4000-8000-000000000001\"}}, 0]\n");
  }

  @Test
  void whatCannotBeAnsweredIsAFaultThatSaysWhy() throws Exception {
    assertThat(call("model.party.category.synchronise"))
        .contains("<fault>", "model party.category is not mapped here");
    assertThat(call("model.party.party.search")).contains("<fault>", "there is no method");
    assertThat(call("common.db.login")).contains("<fault>", "there is no method");
    assertThat(call("model.gnuhealth.log.get_to_synchronise"))
        .contains("<fault>", "its mode is push");
    assertThat(post("/health/_synchronise/tryton", "<methodCall/>").body())
        .contains("<fault>", "there is no method");
    assertThat(
            post(
                    "/health/_synchronise/tryton",
                    "<methodCall><methodName>model.party.party.synchronise</methodName>"
                        + "</methodCall>")
                .body())
        .contains("<fault>", "the context has no synchronisation_id");
  }

  @Test
  void aSatelliteThatIsNotDescribedIsNotFound() throws Exception {
    assertThat(post("/health/_synchronise/other", "<methodCall/>").statusCode()).isEqualTo(404);
    databases.create("elsewhere");
    assertThat(post("/elsewhere/_synchronise/tryton", "<methodCall/>").statusCode())
        .as("of another database")
        .isEqualTo(404);
  }

  @Test
  void nobodyWritesWhatTheNodeKnowsOfSatellites() throws Exception {
    python(3, "push");
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.baseUrl() + "/_postgres_old/x"))
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }
}
