package org.skerry.http.access;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.config.ConfigKey;
import org.skerry.config.Configuration;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.http.HttpPolicy;
import org.skerry.http.HttpSettings;
import org.skerry.http.Router;
import org.skerry.http.RunningServer;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.PeerException;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node in memory behind a real server, with users and a configuration. */
public final class AccessNode implements AutoCloseable {
  /** So that tests need not wait for passwords. */
  private static final Map<String, String> QUICK = Map.of("chttpd_auth/iterations", "10");

  private static final JsonMapper JSON = new JsonMapper();

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final Configuration configuration;
  private final Replicator replicator;
  private final RunningServer server;

  /** Somebody's password for a request; none for nobody. */
  public record Login(String header) {
    /** Asks without saying who. */
    public static final Login NONE = new Login("");

    /** By name and password. */
    public static Login of(String name, String password) {
      byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
      return new Login("Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** The administrator of a node that was made without settings. */
  public static final Login ADMIN = Login.of("admin", "secret");

  /** A node with the administrator {@link #ADMIN}. */
  public AccessNode() {
    this(InstantSource.system(), Map.of("admins/admin", PasswordHash.of("secret", 10).text()));
  }

  /**
   * A node.
   *
   * @param given values under {@code section/key}
   */
  public AccessNode(InstantSource clock, Map<String, String> given) {
    configuration = Configuration.open(store.properties(), Map.of(), keys(given));
    PasswordHasher hasher = new PasswordHasher();
    Supplier<AccessSettings> access = configuration.derived(AccessSettings::of);
    configuration.add(new AccessRules());
    configuration.add(new AdminsRule(hasher, () -> access.get().hashing().iterations()));
    databases.guard(StoredUsers.DATABASE, new UserDocumentRules(access, hasher));
    UsersDatabase.prepare(databases);
    SignIn signIn =
        new SignIn(
            new AdminDirectory(configuration).before(new StoredUsers(databases)),
            configuration,
            store.properties(),
            hasher,
            events::add,
            clock);
    replicator =
        new Replicator(
            "node",
            end -> {
              throw new PeerException(PeerException.Kind.UNREACHABLE, "nobody is there");
            },
            Surroundings.system());
    Administration administration =
        new Administration(configuration, events::add, Optional.empty(), () -> {});
    CouchApi api =
        new CouchApi(databases, CouchSettings.ofVersion("0.1"), replicator, administration);
    server =
        RunningServer.start(
            HttpSettings.defaults(),
            policy(access),
            signIn.authenticator(),
            Stream.concat(signIn.routes().stream(), api.routes().stream())
                .toArray(Router.Route[]::new));
  }

  private static Map<ConfigKey, String> keys(Map<String, String> given) {
    Map<ConfigKey, String> keys = new HashMap<>();
    QUICK.forEach((key, value) -> keys.put(key(key), value));
    given.forEach((key, value) -> keys.put(key(key), value));
    return keys;
  }

  private static ConfigKey key(String text) {
    int slash = text.indexOf('/');
    return new ConfigKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private static HttpPolicy policy(Supplier<AccessSettings> access) {
    return new HttpPolicy() {
      @Override
      public HttpSettings.Limits limits() {
        return HttpSettings.Limits.DEFAULT;
      }

      @Override
      public Set<String> corsOrigins() {
        return Set.of();
      }

      @Override
      public boolean admitsStrangers(String method, List<String> segments) {
        return !access.get().requireValidUser() || access.get().selfRegistration();
      }
    };
  }

  /** Changes the configuration, as an administrator would. */
  void configure(String key, String value) {
    configuration.put(key(key), value);
  }

  Configuration configuration() {
    return configuration;
  }

  Databases databases() {
    return databases;
  }

  Database users() {
    return databases.find(StoredUsers.DATABASE).orElseThrow();
  }

  List<AuditEvent> events() {
    return List.copyOf(events);
  }

  List<AuditAction> actions() {
    return events().stream().map(AuditEvent::action).toList();
  }

  String baseUrl() {
    return server.server().baseUrl();
  }

  HttpResponse<String> get(String path, String... headers) {
    return server.get(path, headers);
  }

  HttpResponse<String> send(
      String path, java.util.function.UnaryOperator<HttpRequest.Builder> change) {
    return server.send(path, change);
  }

  HttpResponse<String> send(Login login, String method, String path, String json) {
    return server.send(
        path,
        request -> {
          request.method(method, HttpRequest.BodyPublishers.ofString(json));
          request.header("Content-Type", "application/json");
          return login.header().isEmpty()
              ? request
              : request.header("Authorization", login.header());
        });
  }

  HttpResponse<String> get(Login login, String path) {
    return send(login, "GET", path, "");
  }

  HttpResponse<String> put(Login login, String path, String json) {
    return send(login, "PUT", path, json);
  }

  /** Makes a user with that password. */
  void createUser(String name, String password, String... roles) {
    String json =
        JSON.createObjectNode()
            .put("type", "user")
            .put("name", name)
            .put("password", password)
            .set("roles", JSON.valueToTree(roles))
            .toString();
    HttpResponse<String> answer = put(ADMIN, "/_users/org.couchdb.user:" + name, json);
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.body());
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    server.close();
    replicator.close();
    store.close();
  }
}
