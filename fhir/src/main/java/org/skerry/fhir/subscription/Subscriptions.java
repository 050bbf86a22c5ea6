package org.skerry.fhir.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.rest.Models;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.json.JsonIn;
import org.skerry.store.Fields;
import org.skerry.store.Properties;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.subset.SubsetDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The subscriptions that a node runs. Any thread may call. */
public final class Subscriptions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** Names of the databases that have some: a start looks at no others. */
  private static final String PROPERTY = "fhir-subscriptions";

  private static final Set<String> RUNNING = Set.of("requested", "active");
  private static final String OFF = "off";
  private static final int MOST = 200;
  private static final int TRIES = 10;

  private final Databases databases;
  private final BiFunction<Database, Author, Database> asSeen;
  private final Models models;
  private final SearchIndexes searches;
  private final Supplier<List<String>> endpoints;
  private final UnaryOperator<Duration> pauses;
  private final Hook hook;

  /** One decides about a subscription at a time. */
  private final ReentrantLock looking = new ReentrantLock();

  /** By database and id; guarded by this. */
  private final Map<String, Runner> runners = new TreeMap<>();

  /** Guarded by this. */
  private boolean closed;

  /**
   * Subscriptions that may send to what an administrator allows.
   *
   * @param asSeen a database as somebody sees it now
   */
  public Subscriptions(
      Databases databases,
      BiFunction<Database, Author, Database> asSeen,
      Models models,
      SearchIndexes searches,
      Supplier<List<String>> endpoints) {
    this(databases, asSeen, models, searches, endpoints, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param pauses how long a pause before another try really is
   */
  Subscriptions(
      Databases databases,
      BiFunction<Database, Author, Database> asSeen,
      Models models,
      SearchIndexes searches,
      Supplier<List<String>> endpoints,
      UnaryOperator<Duration> pauses) {
    this.databases = databases;
    this.asSeen = asSeen;
    this.models = models;
    this.searches = searches;
    this.endpoints = endpoints;
    this.pauses = pauses;
    this.hook = new Hook(models);
  }

  /** Whether a node has any. */
  public static boolean isUsed(Databases databases) {
    return !names(databases.store().properties()).isEmpty();
  }

  private static Set<String> names(Properties properties) {
    return properties
        .get(PROPERTY)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .map(text -> new TreeSet<>(text.lines().toList()))
        .orElseGet(TreeSet::new);
  }

  private synchronized void remember(String database, boolean used) {
    Properties properties = databases.store().properties();
    Set<String> names = names(properties);
    if (used ? names.add(database) : names.remove(database)) {
      properties.put(PROPERTY, String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    }
  }

  SearchIndexes searches() {
    return searches;
  }

  Hook hook() {
    return hook;
  }

  Duration pause(Duration wanted) {
    return pauses.apply(wanted);
  }

  /** Goes on with what this node ran before it was started. */
  public void resume() {
    for (String name : names(databases.store().properties())) {
      try {
        Optional<Database> database = databases.find(name);
        Set<String> ids = database.map(Standing::all).orElse(Set.of());
        ids.forEach(id -> look(database.orElseThrow(), id));
        if (ids.isEmpty()) {
          remember(name, false);
        }
      } catch (StoreException e) {
        LOG.warn("subscriptions of {} do not go on: {}", name, e.getMessage());
      }
    }
  }

  /**
   * A Subscription was written through this node, and whoever wrote it is not answered yet. One
   * that is off has ended on return: of what is written next it tells nothing, also when it is
   * requested again. One that is requested has its place on return, from which it begins, also
   * after a crash.
   *
   * @param database as its author sees it
   */
  public void written(Database database, String id, Author author) {
    Database whole = databases.find(database.name()).orElseThrow();
    if (status(whole, id).equals(OFF)) {
      look(whole, id);
      return;
    }
    long now = database.store().now().number();
    Standing standing =
        new Standing(
            Standing.read(whole, id).map(Standing::seq).orElse(now),
            author.name(),
            author.roles(),
            database.subset().map(SubsetDocuments::site));
    standing.write(whole, id);
    remember(whole.name(), true);
    lookSoon(whole.name(), id);
  }

  /**
   * A Subscription was sent as it is already. One that is still requested, and is nobody's, was
   * written by somebody who was not answered, because the node ended in that moment: it is taken
   * over now, by a version of its own, which whoever guards the database may refuse.
   */
  public void repeated(Database database, String id, Author author) {
    Database whole = databases.find(database.name()).orElseThrow();
    if (status(whole, id).equals("requested")
        && Standing.read(whole, id).isEmpty()
        && isTaken(database, id, author)) {
      written(database, id, author);
    }
  }

  private static boolean isTaken(Database seen, String id, Author author) {
    Optional<StoredDocument> document = find(seen, id).filter(found -> !found.deleted());
    return document.isPresent()
        && body(document.get()) instanceof ObjectNode json
        && seen.update(stamped(document.get(), json), author) instanceof WriteResult.Written;
  }

  /** Does what a Subscription's status asks for, behind whoever says that it changed. */
  void lookSoon(String database, String id) {
    Thread.ofVirtual()
        .name("look at subscription " + id)
        .start(
            () -> {
              try {
                databases.find(database).ifPresent(whole -> look(whole, id));
              } catch (StoreException e) {
                LOG.warn("subscription {} of {}: {}", id, database, e.getMessage());
              }
            });
  }

  /** A subscription's place, unless somebody ended it meanwhile. */
  void moved(Database seen, String id, Standing standing) {
    Database whole = databases.find(seen.name()).orElseThrow();
    if (Standing.read(whole, id).isPresent()) {
      standing.write(whole, id);
    }
  }

  /** Whether a Subscription asks for the same as when its runner began. */
  boolean isStill(Database seen, String id, Definition definition) {
    Optional<JsonNode> json =
        databases
            .find(seen.name())
            .flatMap(whole -> json(whole, id))
            .filter(found -> RUNNING.contains(found.path("status").asString("")));
    try {
      return json.map(found -> Definition.of(found, models.shapes().types(), endpoints.get()))
          .filter(definition::equals)
          .isPresent();
    } catch (InvalidSubscriptionException | OutcomeException e) {
      return false;
    }
  }

  /** Does what a Subscription's status asks for. */
  private void look(Database whole, String id) {
    looking.lock();
    try {
      lookAlone(whole, id);
    } finally {
      looking.unlock();
    }
  }

  private void lookAlone(Database whole, String id) {
    Optional<JsonNode> json = json(whole, id);
    stop(whole.name(), id);
    switch (status(json)) {
      case "requested", "active" -> begin(whole, id, json.orElseThrow());
      case "error" -> LOG.debug("subscription {} keeps its place until it is requested", id);
      default -> Standing.remove(whole, id);
    }
  }

  private void begin(Database whole, String id, JsonNode json) {
    Optional<Standing> standing = Standing.read(whole, id);
    if (standing.isEmpty()) {
      return;
    }
    Database seen = standing.get().site().map(whole::seenBy).orElse(whole);
    try {
      Definition definition = Definition.of(json, models.shapes().types(), endpoints.get());
      // Criteria that cannot be searched for are told of now, and not at the first change.
      List<QueryParameter> query = new ArrayList<>(definition.query());
      query.add(new QueryParameter("_id", "none"));
      searches.of(seen).matches(definition.type(), query, Optional.empty(), 1);
      if (json.path("status").asString("").equals("requested")) {
        status(whole, id, "active", "");
      }
      start(new Runner(id, seen, definition, standing.get(), this), whole.name(), id);
    } catch (InvalidSubscriptionException e) {
      fail(id, whole, String.valueOf(e.getMessage()));
    } catch (BadSearchException | OutcomeException e) {
      fail(id, whole, "criteria: " + e.getMessage());
    }
  }

  private void start(Runner runner, String database, String id) {
    boolean full;
    synchronized (this) {
      full = runners.size() >= MOST;
      if (!closed && !full) {
        runners.put(database + "/" + id, runner);
        runner.start();
      }
    }
    if (full) {
      databases
          .find(database)
          .ifPresent(here -> fail(id, here, "this node runs " + MOST + " subscriptions already"));
    }
  }

  private void stop(String database, String id) {
    Optional<Runner> runner;
    synchronized (this) {
      runner = Optional.ofNullable(runners.remove(database + "/" + id));
    }
    runner.ifPresent(Runner::close);
  }

  private synchronized void forget(String database, String id) {
    runners.remove(database + "/" + id);
  }

  /**
   * Whether the author of a subscription may still read what it tells of: the part of the same
   * site, or all of the database. One that is gone ends its subscriptions by itself.
   */
  boolean mayRead(Database database, Standing standing) {
    return databases.find(database.name()).map(whole -> mayReadOf(whole, standing)).orElse(true);
  }

  private boolean mayReadOf(Database whole, Standing standing) {
    Author author = standing.author();
    Optional<String> site = asSeen.apply(whole, author).subset().map(SubsetDocuments::site);
    return site.equals(standing.site())
        && (site.isPresent()
            || author.isServerAdmin()
            || whole.security().isMember(author.name().orElse(""), author.roles()));
  }

  /** A subscription's runner says that it is over: because of its end, or for a reason. */
  void end(String id, Database database, String problem) {
    if (!problem.isEmpty()) {
      fail(id, database, problem);
      return;
    }
    forget(database.name(), id);
    databases
        .find(database.name())
        .ifPresent(
            whole -> {
              status(whole, id, OFF, "");
              Standing.remove(whole, id);
            });
  }

  /** A subscription cannot go on. */
  void fail(String id, Database database, String problem) {
    forget(database.name(), id);
    LOG.warn("subscription {} of {}: {}", id, database.name(), problem);
    databases.find(database.name()).ifPresent(whole -> status(whole, id, "error", problem));
  }

  private static String status(Database whole, String id) {
    return status(json(whole, id));
  }

  /** What a Subscription asks for; one that is gone asks for nothing. */
  private static String status(Optional<JsonNode> json) {
    return json.map(found -> found.path("status").asString("")).orElse(OFF);
  }

  private static Optional<JsonNode> json(Database whole, String id) {
    return find(whole, id).filter(found -> !found.deleted()).map(Subscriptions::body);
  }

  private static Optional<StoredDocument> find(Database database, String id) {
    List<StoredDocument> found = new ArrayList<>(1);
    database
        .store()
        .load(
            List.of(DocId.of("Subscription/" + id)),
            Fields.WINNER,
            document -> {
              found.add(document);
              return true;
            });
    return found.stream().findFirst();
  }

  /** Writes a new version with another status, unless somebody else decided meanwhile. */
  private static void status(Database whole, String id, String status, String problem) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredDocument> document = find(whole, id).filter(found -> !found.deleted());
      if (document.isEmpty()
          || !(body(document.get()) instanceof ObjectNode json)
          || Set.of(OFF, "error").contains(json.path("status").asString(""))) {
        return;
      }
      json.put("status", status);
      json.remove("error");
      if (!problem.isEmpty()) {
        json.put("error", problem);
      }
      if (!(whole.update(stamped(document.get(), json)) instanceof WriteResult.Conflict)) {
        return;
      }
    }
  }

  private static JsonNode body(StoredDocument document) {
    return MAPPER.readTree(document.revisions().getFirst().body().json());
  }

  /** A version that follows a document's winner. */
  private static NewRevision stamped(StoredDocument document, ObjectNode json) {
    if (json.path("meta") instanceof ObjectNode meta) {
      meta.put("lastUpdated", IncomingResource.stamp(Instant.now()));
    }
    return new NewRevision(
        document.id(),
        Optional.of(document.winner().rev()),
        false,
        Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8)),
        Attachments.inputs(document.revisions().getFirst().attachments()));
  }

  /** Ends all; they go on from their places after the next start. */
  @Override
  public void close() {
    Set<Runner> ended;
    synchronized (this) {
      closed = true;
      ended = new HashSet<>(runners.values());
      runners.clear();
    }
    ended.forEach(Runner::close);
  }
}
