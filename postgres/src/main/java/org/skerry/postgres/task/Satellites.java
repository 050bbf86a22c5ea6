package org.skerry.postgres.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skerry.database.Database;
import org.skerry.database.DatabaseWatch;
import org.skerry.database.Databases;
import org.skerry.database.DescribedRunners;
import org.skerry.json.JsonIn;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteGuard;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.mapping.InvalidMappingException;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node's satellites: one {@link Runner} for each that is described in {@code _postgres}. Any
 * thread may call; one thread follows the descriptions, from when there are any.
 */
public final class Satellites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Satellites.class);
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Surroundings surroundings;
  private final Databases databases;
  private final DatabaseWatch descriptions;

  private final DescribedRunners<Satellite, Runner> runners =
      new DescribedRunners<>(Runner::satellite, Runner::start, Runner::close);

  /** A node's satellites before they begin; descriptions are guarded from now on. */
  public Satellites(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.databases = surroundings.databases();
    this.descriptions = new DatabaseWatch(databases, Satellite.DATABASE, new Descriptions());
    SatelliteGuard.put(databases);
  }

  /** Begins with those that are described, now and later. */
  public void start() {
    descriptions.start();
  }

  /** Runs what is described. */
  private final class Descriptions implements DatabaseWatch.Watcher {
    @Override
    public void look(Database database) {
      Satellites.this.look(database);
    }

    @Override
    public void gone() {
      replace(Map.of(), Set.of());
    }
  }

  private void look(Database database) {
    Map<String, Satellite> described = new TreeMap<>();
    Set<String> unreadable = new TreeSet<>();
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && !document.id().isDesign()) {
                read(document)
                    .ifPresentOrElse(
                        satellite -> described.put(satellite.name(), satellite),
                        () -> unreadable.add(document.id().text()));
              }
              return true;
            });
    replace(described, unreadable);
  }

  private Optional<Satellite> read(StoredDocument document) {
    try {
      return Optional.of(
          SatelliteReader.read(
              document.id().text(),
              MAPPER.readTree(document.revisions().getFirst().body().json()),
              name -> SatelliteGuard.isDatabaseName(databases, name)));
    } catch (InvalidMappingException e) {
      LOG.warn(
          "document {} of _postgres describes no satellite: {}", document.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Ends runners of satellites that are described otherwise now, and starts those that are new. */
  private void replace(Map<String, Satellite> described, Set<String> unreadable) {
    for (Runner runner : runners.endOthers(described)) {
      Satellite before = runner.satellite();
      Optional<Satellite> now = Optional.ofNullable(described.get(before.name()));
      boolean elsewhere =
          now.filter(other -> !other.access().url().equals(before.access().url())).isPresent();
      if (elsewhere || now.isEmpty() && !unreadable.contains(before.name())) {
        runner.forget();
      }
    }
    runners.begin(
        described,
        satellite ->
            new Runner(satellite, databases.findOrCreate(satellite.database()), surroundings));
  }

  /** The satellite of that name, if it is described. */
  public Optional<Runner> runner(String satellite) {
    return runners.find(satellite);
  }

  /** The satellite of that name, waited for until it was noticed that it is described. */
  Runner awaitRunner(String satellite) throws InterruptedException {
    return runners.await(satellite);
  }

  /** All, by name. */
  public List<Runner> runners() {
    return runners.all();
  }

  /** Ends everything; what was under way is done again by the next start. */
  @Override
  public void close() {
    descriptions.close();
    runners.close();
  }
}
