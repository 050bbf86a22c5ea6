package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.skerry.config.Configuration;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.design.Designs;
import org.skerry.design.FunctionFilters;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.FakeExchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.PatternRouter;
import org.skerry.http.Query;
import org.skerry.http.Router;
import org.skerry.http.UserContext;
import org.skerry.http.couch.admin.Administration;
import org.skerry.index.Indexes;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.LocalLimits;
import org.skerry.replication.peer.LocalPeer;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.schedule.SchedulerSettings;
import org.skerry.replication.schedule.StoredRefusals;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.subset.Sites;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;
import org.skerry.view.Views;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node in memory, asked without a network. Requests are sent by its administrator unless another
 * is named.
 */
final class CouchNode implements AutoCloseable {
  static final UserContext ADMIN = user("admin", "_admin");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);

  private final Sites sites = new Sites(databases);
  private final Subsetting subsets = new Subsetting(databases, sites);
  private final SubsetKeeper keeper = new SubsetKeeper(databases, subsets);

  /**
   * One for all nodes of a test run: it loads its engine in seconds, and keeps nothing of theirs.
   */
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  private final Designs designs = Designs.guarding(databases, SCRIPTS);
  private final Replicator replicator =
      new Replicator(
          "node",
          this::open,
          Surroundings.system(),
          new StoredRefusals(databases, InstantSource.system()));
  private final Schedule schedule =
      new Schedule(databases, replicator, SchedulerSettings.DEFAULT, Surroundings.system());
  private final FakeFullText fullText = new FakeFullText();
  private final Indexes indexes = new Indexes(new MemoryOrderedStore(), SCRIPTS.threads());
  private final Views views = new Views(indexes, SCRIPTS);
  private final Conflicts conflicts =
      new Conflicts(
          databases, new MemoryOrderedStore(), SCRIPTS, AuditLog.NONE, InstantSource.system());
  private final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
  private final Administration administration =
      new Administration(
          Configuration.open(store.properties(), Map.of(), Map.of()),
          audited::add,
          Optional.empty(),
          () -> {});
  private final CouchApi api =
      new CouchApi(databases, CouchSettings.ofVersion("0.1"), replicator, schedule, administration)
          .with(subsets, keeper)
          .with(fullText)
          .running(designs)
          .with(views)
          .with(conflicts);
  private final Router router = new PatternRouter(api.routes());

  /** Peers are this node's own databases; elsewhere there is nobody. */
  private Peer open(org.skerry.replication.peer.Endpoint end) {
    return switch (end) {
      case org.skerry.replication.peer.Endpoint.Local here ->
          new LocalPeer(
              databases,
              here,
              "node",
              LocalLimits.DEFAULT,
              new FunctionFilters(designs),
              whole -> subsets.seen(whole, here.author()),
              AuditLog.NONE);
      case org.skerry.replication.peer.Endpoint.Remote remote ->
          throw new PeerException(PeerException.Kind.UNREACHABLE, "nobody at " + remote);
    };
  }

  /** Somebody who signed in. */
  static UserContext user(String name, String... roles) {
    return new UserContext(Optional.of(name), Set.of(roles), Optional.of("default"));
  }

  /** What searches here. */
  FakeFullText fullText() {
    return fullText;
  }

  /** What was noted of such actions, oldest first: subject, and details. */
  List<AuditEvent> audited(AuditAction... actions) {
    return audited.stream().filter(event -> List.of(actions).contains(event.action())).toList();
  }

  /** Whose turn it is to read much. */
  LargeReads largeReads() {
    return api.largeReads();
  }

  Router router() {
    return router;
  }

  /** Lets a database's documents follow what was changed of rules and sites. */
  void settle(String name) {
    keeper.settle(database(name));
  }

  Indexes indexes() {
    return indexes;
  }

  Databases databases() {
    return databases;
  }

  Database database(String name) {
    return databases.find(name).orElseThrow();
  }

  Reply get(String path) {
    return send(Method.GET, path, "");
  }

  Reply put(String path, String json) {
    return send(Method.PUT, path, json);
  }

  Reply post(String path, String json) {
    return send(Method.POST, path, json);
  }

  Reply delete(String path) {
    return send(Method.DELETE, path, "");
  }

  Reply send(Method method, String path, String json) {
    return send(ADMIN, method, path, json);
  }

  Reply send(UserContext user, Method method, String path, String json) {
    return send(user, method, path, json, Map.of("Content-Type", "application/json"));
  }

  Reply send(
      UserContext user, Method method, String path, String json, Map<String, String> headers) {
    Request request = request(user, method, path, json, headers);
    try {
      request.run();
      assertThat(request.exchange().isClosed()).as("answered as a whole").isTrue();
      return reply(request.exchange());
    } catch (HttpProblem e) {
      assertThat(request.exchange().isAnswered()).as("a problem comes before the answer").isFalse();
      return new Reply(e.status(), Map.of(), problem(e));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A request that was not sent yet: for those that go on for long. */
  Request request(
      UserContext user, Method method, String path, String json, Map<String, String> headers) {
    URI uri = URI.create("http://node.test" + path.replace("\"", "%22").replace(" ", "%20"));
    List<String> segments =
        Arrays.stream(uri.getRawPath().substring(1).split("/", -1))
            .filter(segment -> !uri.getRawPath().equals("/"))
            .map(CouchNode::decoded)
            .toList();
    Router.Match match = router.find(method, segments);
    FakeExchange exchange =
        new FakeExchange(
            method,
            uri.getRawPath(),
            query(uri.getRawQuery()),
            headers,
            match.variables(),
            user,
            json.getBytes(StandardCharsets.UTF_8));
    return new Request(match.endpoint(), exchange);
  }

  private static Query query(String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return Query.of(values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Reply reply(FakeExchange exchange) {
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("Location", "Content-Type", "Cache-Control", "Expires", "Pragma")) {
      exchange.sentHeader(name).ifPresent(value -> headers.put(name, value));
    }
    return new Reply(
        exchange.status(), headers, new String(exchange.sentBytes(), StandardCharsets.UTF_8));
  }

  private static String problem(HttpProblem problem) {
    Answer answer =
        JsonAnswer.of(
            problem.status(),
            out -> {
              out.writeStartObject();
              out.writeStringProperty("error", problem.error());
              out.writeStringProperty("reason", problem.reason());
              out.writeEndObject();
            });
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  Schedule schedule() {
    return schedule;
  }

  Replicator replicator() {
    return replicator;
  }

  @Override
  public void close() {
    schedule.close();
    replicator.close();
    keeper.close();
    indexes.close();
    store.close();
  }

  /** A request that can be watched while it is answered. */
  record Request(Endpoint endpoint, FakeExchange exchange) {
    void run() throws IOException {
      endpoint.handle(exchange);
    }
  }

  /** A whole answer. */
  record Reply(int status, Map<String, String> headers, String text) {
    JsonNode json() {
      return MAPPER.readTree(text);
    }

    /** The answer's JSON without the white space between its tokens. */
    String compact() {
      return json().toString();
    }

    String error() {
      return json().path("error").asString("");
    }

    String reason() {
      return json().path("reason").asString("");
    }
  }
}
