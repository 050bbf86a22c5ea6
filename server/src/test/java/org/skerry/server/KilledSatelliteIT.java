package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;

/**
 * Two applications that a node keeps in step; the node is killed while it works, and so is the
 * PostgreSQL of both.
 */
@Timeout(1200)
class KilledSatelliteIT {
  private static final String PERSON =
      "CREATE TABLE person (id serial PRIMARY KEY, name text NOT NULL)";
  private static final String VISIT =
      "CREATE TABLE visit (id serial PRIMARY KEY, person integer NOT NULL REFERENCES person,"
          + " note text NOT NULL)";
  private static final String MAPPING =
      """
      {"tables": [{"name": "person", "columns": ["name"]},
                  {"name": "visit", "columns": ["note"], "references": {"person": "person"}}]}
      """;
  private static final String ROWS =
      "SELECT p.name || ' ' || v.note FROM visit v JOIN person p ON p.id = v.person";
  private static final int ROUNDS = 6;
  private static final int TRANSACTIONS = 150;

  @TempDir Path folder;

  /** What the applications were told is committed. */
  private final Set<String> committed = new ConcurrentSkipListSet<>();

  @Test
  void noRowIsLostAndNoneComesTwiceWhoeverIsKilled() throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      TestDatabase coast = postgres.database(PERSON, VISIT);
      TestDatabase hill = postgres.database(PERSON, VISIT);
      NodeProcess node = NodeProcess.start(folder);
      try {
        node.expect(201, "PUT", "/health", "");
        node.expect(201, "PUT", "/_postgres", "");
        describe(node, "coast", coast);
        describe(node, "hill", hill);
        for (int round = 0; round < ROUNDS; round++) {
          if (round > 1) {
            // The first two are killed while all rows are read, the others while they follow.
            run(node);
          }
          CountDownLatch halfway = new CountDownLatch(TRANSACTIONS);
          Thread onCoast = writer(coast, "coast " + round, halfway);
          Thread onHill = writer(hill, "hill " + round, halfway);
          assertThat(halfway.await(5, TimeUnit.MINUTES)).isTrue();
          awaitUpdate(node);
          if (round % 2 == 0) {
            node.kill();
            node = NodeProcess.start(folder);
          } else {
            postgres.kill();
            postgres.launch();
          }
          onCoast.join();
          onHill.join();
        }
        settle(node, coast, hill);
        List<String> rows = coast.rows(ROWS);
        assertThat(rows).doesNotHaveDuplicates().containsAll(committed);
        assertThat(hill.rows(ROWS)).doesNotHaveDuplicates().hasSameElementsAs(rows);
        assertThat(coast.rows("SELECT name FROM person")).doesNotHaveDuplicates();
        assertThat(hill.rows("SELECT name FROM person")).doesNotHaveDuplicates();
      } finally {
        node.close();
      }
    }
  }

  private static void describe(NodeProcess node, String name, TestDatabase application)
      throws Exception {
    node.expect(
        201,
        "PUT",
        "/_postgres/" + name,
        "{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"database\":\"health\",\"mapping\":%s}"
            .formatted(application.url(), PostgresServer.USER, PostgresServer.PASSWORD, MAPPING));
  }

  /** Somebody who works with an application until so many transactions were tried. */
  private Thread writer(TestDatabase application, String who, CountDownLatch done) {
    return Thread.ofVirtual()
        .start(
            () -> {
              int next = 0;
              while (next < TRANSACTIONS) {
                try (Connection connection = application.connect()) {
                  connection.setAutoCommit(false);
                  while (next < TRANSACTIONS) {
                    write(connection, who + " " + next++);
                    done.countDown();
                  }
                } catch (SQLException | IllegalStateException killed) {
                  // As it should be; what was not acknowledged may be there or not.
                  done.countDown();
                }
              }
            });
  }

  private void write(Connection connection, String name) throws SQLException {
    try (PreparedStatement person =
            connection.prepareStatement("INSERT INTO person (name) VALUES (?)");
        PreparedStatement visit =
            connection.prepareStatement(
                "INSERT INTO visit (person, note) SELECT currval('person_id_seq'), 'visit ' || n"
                    + " FROM generate_series(1, 3) n")) {
      person.setString(1, name);
      person.executeUpdate();
      visit.executeUpdate();
      connection.commit();
    }
    for (int i = 1; i <= 3; i++) {
      committed.add(name + " visit " + i);
    }
  }

  /** Waits until what is under way has written something. */
  private static void awaitUpdate(NodeProcess node) throws Exception {
    node.expect(200, "GET", "/health/_changes?feed=longpoll&since=now&timeout=5000&limit=1", "");
  }

  /** Both satellites, until they have done what there was to do. */
  private static void run(NodeProcess node) throws Exception {
    for (String name : List.of("coast", "hill")) {
      node.send("POST", "/_postgres/_status/" + name + "/run?wait=300", "");
    }
  }

  /** Waits until both applications have the same. */
  private static void settle(NodeProcess node, TestDatabase coast, TestDatabase hill)
      throws Exception {
    while (true) {
      run(node);
      if (new TreeSet<>(coast.rows(ROWS)).equals(new TreeSet<>(hill.rows(ROWS)))) {
        return;
      }
      awaitUpdate(node);
    }
  }
}
