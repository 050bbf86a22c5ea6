package org.skerry.postgres.old;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredRevision;

/**
 * {@code model.M.get_to_synchronise}: rows for a satellite. With a list of what it has: those that
 * say something else now. Without: those that it has not, a batch at a time, at the cost of what
 * changed since it asked before.
 */
final class Giving {
  /** The old engine's batch. */
  private static final int BATCH = 1_000;

  /** How many changes are looked at for one answer at most: so many times so many. */
  private static final int LOOKS = 20;

  private static final int LOOK = 10_000;

  /** A new row that was sent and never shown is sent again after three of its usual cycles. */
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private final Model model;
  private final Database database;
  private final Ledger ledger;
  private final int instance;
  private final LocalDateTime now;
  private final List<Wire> rows = new ArrayList<>();

  Giving(Model model, Database database, Ledger ledger, int instance, InstantSource clock) {
    this.model = model;
    this.database = database;
    this.ledger = ledger;
    this.instance = instance;
    this.now =
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Rows that say something else than a satellite has.
   *
   * @param has unique ids with the time of what it has
   */
  List<Wire> changed(Map<Wire, LocalDateTime> has) {
    Map<String, LocalDateTime> shown = new LinkedHashMap<>();
    has.forEach(
        (unique, time) ->
            model
                .document(unique)
                .ifPresent(name -> shown.put(name, time.truncatedTo(ChronoUnit.SECONDS))));
    Map<String, Known> known = ledger.known(shown.keySet());
    Revisions revisions = Revisions.of(database, shown.keySet(), known);
    shown.forEach(
        (document, time) -> {
          Known before = known.getOrDefault(document, Known.NOTHING);
          Known after = before.shown(time);
          Optional<StoredRevision> winner = revisions.winner(document);
          Optional<Known> sending =
              winner
                  .filter(there -> !after.isHere(there.rev()) && !after.expectsEdit())
                  .filter(there -> rows.size() < BATCH)
                  .flatMap(there -> send(document, there, after, Optional.of(time)));
          Known noted = sending.orElse(after);
          if (!noted.equals(before)) {
            ledger.put(document, noted);
            ledger.confirmed(document);
          }
        });
    ledger.commit();
    return rows;
  }

  private Optional<Known> send(
      String document, StoredRevision there, Known known, Optional<LocalDateTime> shows) {
    LocalDateTime time = known.after(now, shows);
    Optional<Wire.Struct> row = model.row(document, there.deleted(), there.body(), time, instance);
    row.ifPresent(rows::add);
    return row.map(sent -> known.sending(there.rev(), time));
  }

  /** Rows that a satellite has not. */
  List<Wire> unknown() {
    String since = ledger.since(model.type()).orElse("0");
    Set<String> candidates = new LinkedHashSet<>();
    ledger
        .unconfirmed(model.type())
        .forEach(
            (document, time) -> {
              if (time.plus(AGAIN).isBefore(now)) {
                candidates.add(document);
              }
            });
    Seq from = database.changes().tokens().parse(since);
    Seq end = from;
    for (int look = 0; look < LOOKS && candidates.size() < BATCH; look++) {
      Seq start = end;
      end =
          database
              .store()
              .changes(
                  ChangeRange.after(start, LOOK),
                  Fields.LEAVES,
                  document -> {
                    if (document.id().text().startsWith(model.type() + "/")
                        && !document.deleted()) {
                      candidates.add(document.id().text());
                    }
                    return candidates.size() < BATCH;
                  });
      if (end.equals(start)) {
        break;
      }
    }
    give(candidates);
    ledger.since(model.type(), database.changes().tokens().format(end));
    ledger.commit();
    return rows;
  }

  private void give(Set<String> candidates) {
    Map<String, Known> known = ledger.known(candidates);
    Map<String, LocalDateTime> waiting = ledger.unconfirmed(model.type());
    Revisions revisions = Revisions.of(database, candidates, Map.of());
    for (String document : candidates) {
      Known has = known.getOrDefault(document, Known.NOTHING);
      boolean arrived = has.seen().isPresent();
      boolean underWay =
          Optional.ofNullable(waiting.get(document))
              .filter(time -> !time.plus(AGAIN).isBefore(now))
              .isPresent();
      if (arrived || underWay) {
        continue;
      }
      Optional<StoredRevision> winner =
          revisions.winner(document).filter(there -> !there.deleted());
      if (winner.isEmpty()) {
        ledger.confirmed(document);
      }
      winner
          .flatMap(there -> send(document, there, Known.NOTHING, Optional.empty()))
          .ifPresent(
              sent -> {
                ledger.put(document, sent);
                ledger.unconfirmed(document, now);
              });
    }
  }
}
