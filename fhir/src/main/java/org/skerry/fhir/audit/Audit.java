package org.skerry.fhir.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.fhir.audit.EventText.Circumstances;
import org.skerry.fhir.audit.Trail.Step;
import org.skerry.http.Exchange;

/** A node's AuditEvents of what is asked through FHIR. Any thread. */
public final class Audit implements AutoCloseable {
  /** More resources make several events: each is read as a whole by those who look at it. */
  private static final int MOST_ENTITIES = 100;

  private final Supplier<AuditLevel> level;
  private final String node;
  private final InstantSource clock;
  private final EventWriter writer;

  /**
   * Events of a node.
   *
   * @param database the name of the database that keeps them; it may change while the node runs
   * @param node its name
   */
  public Audit(
      Databases databases,
      Supplier<AuditLevel> level,
      Supplier<String> database,
      String node,
      InstantSource clock) {
    this.level = level;
    this.node = node;
    this.clock = clock;
    this.writer = new EventWriter(new AuditDatabase(databases, database));
  }

  /** A trail for a request. */
  public Trail begin() {
    return new Trail(level.get());
  }

  private record Kind(Action what, int status, String problem) {}

  /** Makes events of what a request touched. */
  public void keep(Exchange exchange, Database database, Trail trail) {
    if (trail.steps().isEmpty() || trail.level() == AuditLevel.NONE) {
      return;
    }
    Instant now = clock.instant();
    Circumstances around =
        new Circumstances(
            now,
            node,
            database.name(),
            exchange.user().name(),
            exchange.caller().address(),
            exchange.rawPath(),
            exchange.rawQuery());
    Map<Kind, List<Step>> kinds = new LinkedHashMap<>();
    for (Step step : trail.steps()) {
      kinds
          .computeIfAbsent(
              new Kind(step.what(), step.status(), step.problem()), kind -> new ArrayList<>())
          .add(step);
    }
    for (List<Step> steps : kinds.values()) {
      for (int from = 0; from < steps.size(); from += MOST_ENTITIES) {
        String id = EventIds.at(now);
        List<Step> some = steps.subList(from, Math.min(steps.size(), from + MOST_ENTITIES));
        writer.keep(new EventWriter.Event(id, EventText.of(id, around, some)));
      }
    }
  }

  /** Keeps what was handed in, and ends. */
  @Override
  public void close() {
    writer.close();
  }
}
