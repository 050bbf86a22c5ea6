package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.capture.Gate;

/** Passes that break off, and those that follow. */
class ResumeTest {
  private final Shore shore =
      new Shore(
          "{\"name\": \"party\", \"columns\": [\"name\"], \"batch\": 3}",
          "CREATE TABLE party (id serial PRIMARY KEY, name varchar)");

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  private Apply apply(Gate gate) {
    return new Apply(shore.satellite, shore.database, gate, Optional.empty());
  }

  private Tally pass(Apply apply) throws SQLException, InterruptedException {
    return apply.pass(shore.connection).tally();
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      shore.put("party/p" + i, "{\"name\":\"P" + i + "\"}");
    }
  }

  @Test
  void noTransactionHasMoreThanABatch() throws Exception {
    put(0, 8);
    AtomicInteger passes = new AtomicInteger();
    pass(apply(passes::incrementAndGet));
    assertThat(passes).hasValue(3);
    assertThat(shore.rows("SELECT count(DISTINCT xmin::text) FROM party")).containsExactly("3");
  }

  @Test
  void whatWasCommittedStaysWhenThePassBreaksOff() throws Exception {
    put(0, 8);
    AtomicInteger passes = new AtomicInteger();
    Gate falling =
        () -> {
          if (passes.incrementAndGet() == 3) {
            throw new SQLException("the line is down", "08006");
          }
        };
    assertThatThrownBy(() -> pass(apply(falling))).hasMessage("the line is down");
    assertThat(shore.rows("SELECT count(*) FROM party")).containsExactly("6");
    assertThat(pass(apply(Gate.OPEN))).isEqualTo(new Tally(2, 0, 0, 0, 0));
    assertThat(shore.rows("SELECT name FROM party ORDER BY name"))
        .hasSize(8)
        .doesNotHaveDuplicates();
  }

  @Test
  void anInterruptionEndsThePass() {
    put(0, 2);
    Gate interrupted =
        () -> {
          throw new InterruptedException();
        };
    assertThatThrownBy(() -> pass(apply(interrupted))).isInstanceOf(InterruptedException.class);
    assertThat(shore.rows("SELECT count(*) FROM party")).containsExactly("0");
  }

  @Test
  void somebodyInTheWayIsMetAgain() throws Exception {
    put(0, 1);
    shore.pass();
    shore.put("party/p0", "{\"name\":\"theirs\"}");
    AtomicInteger tries = new AtomicInteger();
    try (Connection application = shore.application.connect();
        Statement statement = application.createStatement()) {
      Gate meanwhile =
          () -> {
            if (tries.incrementAndGet() == 1) {
              // Behind the snapshot, and before the row is written.
              statement.execute("UPDATE party SET name = 'own'");
            }
          };
      assertThat(pass(apply(meanwhile)).updated()).isEqualTo(1);
    }
    assertThat(tries).hasValue(2);
    assertThat(shore.rows("SELECT name FROM party")).containsExactly("theirs");
  }

  @Test
  void theBookMayNotChangeBehindTheSnapshot() throws Exception {
    put(0, 1);
    shore.pass();
    shore.put("party/p0", "{\"name\":\"theirs\"}");
    AtomicInteger tries = new AtomicInteger();
    Gate meanwhile =
        () -> {
          if (tries.incrementAndGet() == 1) {
            shore.application.run("UPDATE skerry.row SET hash = 'captured'");
          }
        };
    pass(apply(meanwhile));
    assertThat(tries).hasValue(2);
  }

  @Test
  void aPositionOfAnotherLifeOfTheDatabaseSaysNothing() throws Exception {
    put(0, 4);
    shore.pass();
    shore.application.run(
        "UPDATE skerry.position SET place = '"
            + "f".repeat(32)
            + ":99999:' WHERE reader = 'apply'");
    put(4, 6);
    assertThat(pass(apply(Gate.OPEN))).isEqualTo(new Tally(2, 0, 0, 4, 0));
  }

  @Test
  void whatIsShownAlreadyNeedsNoTransaction() throws Exception {
    put(0, 2);
    shore.pass();
    shore.application.run("DELETE FROM skerry.position");
    Gate closed =
        () -> {
          throw new SQLException("nothing is to be written");
        };
    assertThat(pass(apply(closed))).isEqualTo(new Tally(0, 0, 0, 2, 0));
  }

  @Test
  void whatWaitsIsTriedAfterLongerAndLongerPauses() throws Exception {
    shore.put("party/p", "{\"name\":{}}");
    shore.application.run("ALTER TABLE party ADD CHECK (name <> '{}')");
    shore.pass();
    for (int i = 0; i < 4; i++) {
      shore.hurry();
    }
    assertThat(
            shore.rows(
                "SELECT attempts, round(extract(epoch FROM next - clock_timestamp())) BETWEEN 8 AND"
                    + " 16 FROM skerry.waiting"))
        .containsExactly("5|t");
    assertThat(apply(Gate.OPEN).pass(shore.connection).retry()).isPresent();
  }
}
