package org.skerry.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.database.Database;
import org.skerry.database.DatabaseOptions;
import org.skerry.database.DatabaseWatch;
import org.skerry.database.Databases;
import org.skerry.database.DescribedRunners;
import org.skerry.document.Body;
import org.skerry.document.DocumentLimits;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node's exchanges: one {@link Runner} for each partner that is described in {@code _exchange}.
 * Any thread may call; one thread follows the descriptions, from when there are any.
 */
public final class Exchanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Duration LONG = Duration.ofDays(1);

  private final Surroundings surroundings;
  private final Databases databases;
  private final DatabaseWatch descriptions;

  private final DescribedRunners<Partner, Runner> runners =
      new DescribedRunners<>(Runner::partner, Runner::start, Runner::close);

  /** A node's exchanges before they begin; descriptions are guarded from now on. */
  public Exchanges(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.databases = surroundings.databases();
    this.descriptions = new DatabaseWatch(databases, Partner.DATABASE, new Descriptions());
    Guards.put(databases);
  }

  /** Begins to exchange with those who are described, now and later. */
  public void start() {
    descriptions.start();
  }

  /** Runs what is described. */
  private final class Descriptions implements DatabaseWatch.Watcher {
    @Override
    public void look(Database database) {
      Exchanges.this.look(database);
    }

    @Override
    public void gone() {
      replace(Map.of());
    }
  }

  private void look(Database database) {
    Map<String, Partner> described = new TreeMap<>();
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && Partner.isDescribedBy(document.id())) {
                read(document).ifPresent(partner -> described.put(partner.name(), partner));
              }
              return true;
            });
    replace(described);
  }

  private Optional<Partner> read(StoredDocument document) {
    try {
      return Optional.of(
          PartnerReader.read(
              document.id().text(),
              MAPPER.readTree(document.revisions().getFirst().body().json()),
              Databases::isName));
    } catch (InvalidPartnerException e) {
      LOG.warn("document {} of _exchange describes no partner: {}", document.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Ends runners of partners that are described otherwise now, and starts those that are new. */
  private void replace(Map<String, Partner> described) {
    runners.endOthers(described);
    runners.begin(described, partner -> new Runner(partner, this));
  }

  /** The partner of that name, if it is described. */
  Optional<Runner> runner(String partner) {
    return runners.find(partner);
  }

  List<Runner> runners() {
    return runners.all();
  }

  /** The audit, if there is any. */
  Optional<Messages> messages() {
    return databases.find(Messages.DATABASE).map(this::messages);
  }

  /** Waits until there is a database of that name. */
  void awaitDatabase(String name) throws InterruptedException {
    long seen = databases.events().last();
    while (databases.find(name).isEmpty()) {
      databases.events().await(seen, LONG);
      seen = databases.events().last();
    }
  }

  /** Which message follows which. */
  Chain chain() {
    return new Chain(databases);
  }

  /** What was asked of the partner for a message. */
  Optional<Body> requests(String uuid) {
    return messages().flatMap(audit -> audit.findRequests(uuid));
  }

  /** Notes that somebody settled the conflict that a message tells of. */
  void settled(JsonNode message, RevId into, String user) {
    messages()
        .ifPresent(
            audit -> {
              String name = audit.again(message, "settled by " + user + ": " + into);
              chain().follow(message.path("uuid").asString(""), name);
            });
  }

  private Messages messages(Database database) {
    return new Messages(database, surroundings.clock());
  }

  /** What is known of a partner; nothing when its database is not here. */
  Optional<Run> run(Partner partner) {
    return databases
        .find(partner.database())
        .map(
            database ->
                new Run(
                    partner,
                    database,
                    surroundings.conflicts().desk(database),
                    new Ledger(
                        findOrCreate(Ledger.DATABASE, false),
                        partner.name(),
                        database.store().incarnation()),
                    messages(findOrCreate(Messages.DATABASE, true)),
                    surroundings.documents().get()));
  }

  private Database findOrCreate(String name, boolean appendOnly) {
    Database database = databases.findOrCreate(name);
    if (appendOnly && !database.options().appendOnly()) {
      database.options(new DatabaseOptions(true));
    }
    if (!appendOnly && database.store().revsLimit() > 1) {
      // Nobody asks what was known before.
      database.store().revsLimit(1);
    }
    return database;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  DocumentLimits limits() {
    return surroundings.documents().get();
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  /** Ends all runs; what a run was doing is done again by the next. */
  @Override
  public void close() {
    descriptions.close();
    runners.close();
  }
}
