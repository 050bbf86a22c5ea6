package org.skerry.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.testing.Seeded;
import tools.jackson.databind.json.JsonMapper;

/** The application and others write the same records at the same time. */
@ExtendWith(Seeded.class)
class RaceTest {
  private static final int ROWS = 4;
  private static final int EDITS = 60;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MAPPING =
      """
      {"tables": [{"name": "party", "columns": ["code", "name"], "row": {"natural": ["code"]}}]}
      """;

  /** What was committed, or durable. */
  private final Set<String> said = new HashSet<>();

  private synchronized void say(String name) {
    said.add(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logical", "outbox"})
  void noEditOfAnybodyIsLost(String way, SplittableRandom random) throws Exception {
    TestDatabase application =
        PostgresServer.shared()
            .database(
                "CREATE TABLE party (id serial PRIMARY KEY, code varchar, name varchar)",
                "INSERT INTO party (code, name) SELECT 'c' || n, 'n' || n"
                    + " FROM generate_series(1, "
                    + ROWS
                    + ") AS s (n)");
    try (Coast coast = new Coast();
        ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      coast.satellite("hill", application, MAPPING, "\"capture\":\"" + way + "\",");
      coast.run("hill", "push");
      Database database = coast.database("clinic");
      SplittableRandom theirs = random.split();
      List<Future<?>> writers =
          List.of(
              both.submit(() -> work(application, random)),
              both.submit(() -> write(database, theirs)));
      for (Future<?> writer : writers) {
        writer.get();
      }
      for (int i = 0; i < 2; i++) {
        coast.run("hill", "push");
        coast.run("hill", "pull");
      }
      Set<String> kept = new HashSet<>();
      List<String> winners = new ArrayList<>();
      read(database, kept, winners);
      assertThat(kept).containsAll(said);
      assertThat(application.rows("SELECT code, name FROM party ORDER BY code"))
          .containsExactlyElementsOf(winners);
      assertThat(coast.status("hill").path("pull").path("waiting").asInt()).isZero();
    }
  }

  /** A user of the application, which tries again when somebody was in the way. */
  private Object work(TestDatabase application, SplittableRandom random) throws SQLException {
    try (Connection connection = application.connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE party SET name = ? WHERE code = ?")) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      int edit = 0;
      while (edit < EDITS) {
        update.setString(1, "app " + edit);
        update.setString(2, "c" + random.nextInt(1, ROWS + 1));
        try {
          update.executeUpdate();
          connection.commit();
          say("app " + edit++);
        } catch (SQLException e) {
          connection.rollback();
          if (!"40001".equals(e.getSQLState())) {
            throw e;
          }
        }
      }
    }
    return said;
  }

  /** Somebody who edits what is shown at the moment, on another way. */
  private Object write(Database database, SplittableRandom random) {
    for (int edit = 0; edit < EDITS; edit++) {
      String code = "c" + random.nextInt(1, ROWS + 1);
      DocId id = DocId.of("party/" + code);
      List<RevId> winner = new ArrayList<>();
      database
          .store()
          .load(List.of(id), Fields.LEAVES, document -> winner.add(document.winner().rev()));
      Body body = Body.parse("{\"code\":\"%s\",\"name\":\"other %d\"}".formatted(code, edit));
      WriteResult result =
          database.update(
              new NewRevision(id, Optional.of(winner.getFirst()), false, body, List.of()));
      if (result instanceof WriteResult.Written) {
        say("other " + edit);
      }
    }
    return said;
  }

  /** The names of all revisions, and what rows should show. */
  private static void read(Database database, Set<String> kept, List<String> winners) {
    List<RevisionRef> all = new ArrayList<>();
    database
        .store()
        .scan(
            new DocRange(Optional.of("party/"), Optional.of("party0"), false, false),
            new Fields(true, Fields.Bodies.WINNER),
            document -> {
              document.leaves().stream()
                  .flatMap(
                      leaf ->
                          document
                              .tree()
                              .orElseThrow()
                              .path(leaf.rev())
                              .orElseThrow()
                              .revisions()
                              .stream())
                  .forEach(rev -> all.add(new RevisionRef(document.id(), rev)));
              winners.add(
                  document.id().text().substring("party/".length())
                      + "|"
                      + name(document.revisions().getFirst().body()));
              return true;
            });
    database
        .store()
        .read(
            all, (ref, found) -> found.ifPresent(there -> kept.add(name(there.revision().body()))));
  }

  private static String name(Body body) {
    return MAPPER.readTree(body.json()).path("name").asString();
  }
}
