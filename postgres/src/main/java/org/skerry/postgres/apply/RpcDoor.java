package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.book.Turns;
import org.skerry.postgres.capture.Gate;
import org.skerry.postgres.mapping.Via;
import org.skerry.postgres.rpc.RpcAccess;
import org.skerry.postgres.rpc.RpcAnswer;
import org.skerry.postgres.rpc.RpcDownException;
import org.skerry.postgres.rpc.RpcOutcome;
import org.skerry.postgres.rpc.RpcRefusedException;
import org.skerry.postgres.rpc.RpcRows;
import org.skerry.postgres.rpc.RpcSession;

/**
 * Shows documents through Tryton's RPC. Documents of one table that stand together are one call,
 * and one transaction of the application, in these steps:
 *
 * <ol>
 *   <li>The application says when each row was written last; then the {@link Gate} is passed:
 *       whatever is in the rows is captured. What is written later changes that, and the call is
 *       refused.
 *   <li>Rows that are to be made are noted as {@link Underway}.
 *   <li>Alone with the book ({@link Turns}): the call, and what the rows show now.
 *   <li>A call that is refused is made again with each half of its documents, until it is known
 *       which of them is refused.
 * </ol>
 *
 * <p>For one thread.
 */
public final class RpcDoor implements Door {
  /** How often rows are looked at anew when somebody writes them meanwhile. */
  private static final int ATTEMPTS = 5;

  private final Satellite satellite;
  private final RpcSession session;
  private final RpcRows rows;
  private final Naming naming;

  private RpcDoor(Satellite satellite, RpcAccess access) {
    this.satellite = satellite;
    this.session = new RpcSession(access);
    this.rows = new RpcRows(session);
    this.naming = new Naming(satellite.mapping(), satellite.central());
  }

  /** The door of a satellite, if it has one. */
  public static Optional<Door> of(Satellite satellite) {
    return satellite.rpc().map(access -> new RpcDoor(satellite, access));
  }

  @Override
  public Map<String, Outcome> show(Connection connection, List<Showing> documents, Gate gate)
      throws SQLException, InterruptedException {
    Map<String, Outcome> outcomes = new HashMap<>();
    Live live = Live.read(connection, satellite.mapping());
    try {
      for (List<Showing> group : groups(documents)) {
        new Step(connection, live, gate, outcomes).show(group);
      }
    } catch (RpcDownException e) {
      throw new SQLException("the application's RPC: " + e.getMessage(), "08006", e);
    }
    return outcomes;
  }

  /** Documents of one table that are written alike, in the order in which they came. */
  private static List<List<Showing>> groups(List<Showing> documents) {
    List<List<Showing>> groups = new ArrayList<>();
    for (Showing document : documents) {
      boolean goesOn =
          !groups.isEmpty()
              && groups.getLast().getFirst().table().equals(document.table())
              && groups.getLast().getFirst().deleted() == document.deleted()
              && groups.getLast().size() < document.table().batch();
      if (!goesOn) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(document);
    }
    return groups;
  }

  /** A group on its way. */
  private final class Step {
    private final Connection connection;
    private final Live live;
    private final Gate gate;
    private final Map<String, Outcome> outcomes;

    Step(Connection connection, Live live, Gate gate, Map<String, Outcome> outcomes) {
      this.connection = connection;
      this.live = live;
      this.gate = gate;
      this.outcomes = outcomes;
    }

    void show(List<Showing> documents) throws SQLException, InterruptedException {
      List<Showing> remaining = documents;
      int refusals = 0;
      while (!remaining.isEmpty()) {
        RpcOutcome outcome = once(remaining);
        remaining = remaining.stream().filter(one -> !outcomes.containsKey(one.name())).toList();
        if (!remaining.isEmpty()
            && outcome instanceof RpcOutcome.Refused(RpcAnswer.Reason reason, String message)) {
          refusals++;
          if (reason == RpcAnswer.Reason.CHANGED_MEANWHILE && refusals < ATTEMPTS) {
            continue;
          }
          if (remaining.size() > 1) {
            show(remaining.subList(0, remaining.size() / 2));
            show(remaining.subList(remaining.size() / 2, remaining.size()));
            return;
          }
          remaining = refused(remaining.getFirst(), reason, message, refusals);
        }
      }
    }

    /** Makes the call for documents; those that need none have their outcomes afterwards. */
    private RpcOutcome once(List<Showing> documents) throws SQLException, InterruptedException {
      Via.Rpc via = (Via.Rpc) documents.getFirst().table().via();
      Map<Long, String> stamps = stamps(via, documents);
      gate.pass();
      RpcBatch batch =
          new RpcBatch(satellite, live, naming, rows, documents.getFirst().table(), via);
      Transactions.run(
          connection,
          open -> {
            outcomes.putAll(batch.prepare(open, documents));
            if (!batch.makes().isEmpty()) {
              Underway.note(
                  open,
                  satellite.mapping().schema(),
                  documents.getFirst().table(),
                  batch.makes(),
                  session.user());
            }
            return Boolean.TRUE;
          });
      if (batch.isEmpty()) {
        return new RpcOutcome.Written(List.of());
      }
      connection.setAutoCommit(false);
      try {
        // Not to be repeated, as the application would do it twice.
        Turns.alone(connection);
        RpcOutcome outcome = call(batch, stamps);
        if (outcome instanceof RpcOutcome.Written) {
          batch.book(connection);
          batch.written().forEach(name -> outcomes.put(name, new Outcome.Shown()));
        }
        Underway.remove(connection, batch.makes().stream().map(Showing::name).toList());
        connection.commit();
        return outcome;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }

    private RpcOutcome call(RpcBatch batch, Map<Long, String> stamps) throws SQLException {
      try {
        return batch.call(connection, stamps);
      } catch (RpcRefusedException e) {
        return new RpcOutcome.Refused(RpcAnswer.Reason.NOT_ALLOWED, String.valueOf(e.getMessage()));
      }
    }

    /** When rows were written last; relations have no rows that could be asked for. */
    private Map<Long, String> stamps(Via.Rpc via, List<Showing> documents) throws SQLException {
      if (via.through().isPresent()) {
        return Map.of();
      }
      List<String> names = documents.stream().map(Showing::name).toList();
      Map<String, Entry> known = Transactions.run(connection, open -> Book.byName(open, names));
      List<Long> ids =
          known.values().stream().flatMap(entry -> entry.id().stream()).map(Long::valueOf).toList();
      return ids.isEmpty() ? Map.of() : rows.stamps(via.model(), ids);
    }

    /** What becomes of a document that is refused by itself. Returns it when it can be tried. */
    private List<Showing> refused(
        Showing document, RpcAnswer.Reason reason, String message, int attempt)
        throws SQLException {
      if (reason != RpcAnswer.Reason.RULE || document.deleted() || attempt >= ATTEMPTS) {
        Reason why = document.deleted() ? Reason.REFERENCED : Reason.UNFIT;
        outcomes.put(document.name(), new Outcome.Refused(why, message));
        return List.of();
      }
      List<Collisions.Yield> yields = new ArrayList<>();
      boolean again =
          Transactions.run(connection, open -> collides(open, document, message, yields));
      new Renumbering(connection, satellite, live).run(yields);
      return again ? List.of(document) : List.of();
    }

    private boolean collides(
        Connection open, Showing document, String message, List<Collisions.Yield> yields)
        throws SQLException {
      Collisions collisions = new Collisions(open, satellite, live);
      Places places = new Places(open, satellite.mapping(), live.tables(), naming);
      places.load(live.reader(document.table()).references(document.body()));
      Optional<Entry> own =
          Optional.ofNullable(Book.byName(open, List.of(document.name())).get(document.name()));
      return switch (collisions.judge(document, places, own, message)) {
        case Collisions.Verdict.Wait(String why, Optional<Collisions.Yield> yield) -> {
          yield.ifPresent(yields::add);
          outcomes.put(
              document.name(),
              new Outcome.Refused(why.equals(message) ? Reason.UNFIT : Reason.COLLISION, why));
          yield false;
        }
        case Collisions.Verdict.Known(String other) -> {
          Book.alias(open, document.name(), other);
          outcomes.put(document.name(), new Outcome.Shown());
          yield false;
        }
        case Collisions.Verdict.Take(Entry other) -> {
          collisions.take(document, other);
          yield true;
        }
      };
    }
  }
}
