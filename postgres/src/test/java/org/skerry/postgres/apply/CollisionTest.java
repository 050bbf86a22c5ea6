package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.revision.RevId;

/** What happens when others made a row with a value that a row here has. */
class CollisionTest {
  private static final String[] TABLES = {
    "CREATE TABLE party (id serial PRIMARY KEY, code varchar UNIQUE, name varchar,"
        + " write_date timestamp)",
    "CREATE TABLE address (id serial PRIMARY KEY, party integer REFERENCES party (id))",
    "CREATE SEQUENCE numbers START 500",
  };

  private Shore shore = new Shore(mapping("\"suffix\""), TABLES);

  private static String mapping(String rule) {
    return """
    {"name": "party", "columns": ["code", "name"],
     "stamps": {"write_date": {"update": "now"}},
     "collisions": [{"columns": ["code"], "rule": %s}]},
    {"name": "address", "references": {"party": "party"}}
    """
        .formatted(rule);
  }

  private void with(String rule) throws SQLException {
    shore.close();
    shore = new Shore(mapping(rule), TABLES);
  }

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  /** A row that the application made, as capture leaves it. */
  private void own(String name, String code) {
    RevId rev = shore.put(name, "{\"code\":\"%s\",\"name\":\"own\"}".formatted(code));
    String id =
        shore.application.value(
            "INSERT INTO party (code, name) VALUES ('" + code + "', 'own') RETURNING id");
    try {
      Transactions.run(
          shore.connection,
          open -> {
            Book.put(
                open,
                List.of(new Entry("party", name, Optional.of(id), Optional.of(rev), "h", true)));
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSmallerIdKeepsTheValueAndTheRowHereGetsASuffix() {
    own("party/8", "1");
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"theirs\"}");
    assertThat(shore.pass().waiting()).isEqualTo(1);
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.COLLISION);
    assertThat(shore.rows("SELECT code, name, write_date IS NOT NULL FROM party"))
        .containsExactly("1-hill|own|t");
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY id"))
        .containsExactly("1-hill|own", "1|theirs");
    assertThat(shore.waiting()).isEmpty();
  }

  @Test
  void whatGivesWayIsNoTransactionOfTheNodes() {
    own("party/8", "1");
    shore.application.run("SELECT pg_create_logical_replication_slot('look', 'test_decoding')");
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.pass();
    List<String> log =
        shore.rows("SELECT data FROM pg_logical_slot_get_changes('look', NULL, NULL)");
    shore.application.run("SELECT pg_drop_replication_slot('look')");
    int change =
        log.indexOf(
            log.stream().filter(line -> line.contains("'1-hill'")).findFirst().orElseThrow());
    assertThat(log.get(change - 1)).startsWith("BEGIN");
  }

  @Test
  void theGreaterIdWaitsUntilThePlaceWhereItWasMadeChangesIt() {
    own("party/2", "1");
    shore.put("party/8", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party")).containsExactly("1|own");
    assertThat(shore.waiting()).extracting(Waiting::name).containsExactly("party/8");
    shore.put("party/8", "{\"code\":\"1-lake\",\"name\":\"theirs\"}");
    shore.pass();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY id"))
        .containsExactly("1|own", "1-lake|theirs");
    assertThat(shore.waiting()).isEmpty();
  }

  @Test
  void renumberedRowsGetTheNumberAboveAllOthers() throws SQLException {
    with("\"renumber_local\"");
    own("party/8", "9");
    own("party/9", "A-77");
    shore.put("party/2", "{\"code\":\"9\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY code"))
        .containsExactly("10|own", "9|theirs", "A-77|own");
  }

  @Test
  void aSequenceGivesNumbersWhereThereIsOne() throws SQLException {
    with("\"renumber_local\", \"sequence\": \"numbers\"");
    own("party/8", "9");
    own("party/9", "500");
    shore.put("party/2", "{\"code\":\"9\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY code"))
        .containsExactly("500|own", "501|own", "9|theirs");
  }

  @Test
  void aNumberHasThePrefixThatTheSequencesCodesHave() throws SQLException {
    with(
        "\"renumber_local\", \"sequence\":"
            + " {\"name\": \"numbers\", \"prefix\": \"P\", \"padding\": 5}");
    own("party/8", "P00009");
    own("party/9", "P00500");
    shore.put("party/2", "{\"code\":\"P00009\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY code"))
        .containsExactly("P00009|theirs", "P00500|own", "P00501|own");
  }

  @Test
  void aStrictSequencePassesNumbersThatAreTaken() throws SQLException {
    with("\"renumber_local\", \"sequence\": \"ir_sequence_strict_1\"");
    shore.application.run(
        "CREATE TABLE ir_sequence_strict (id serial PRIMARY KEY, type varchar, prefix varchar,"
            + " suffix varchar, padding integer, number_next_internal integer,"
            + " number_increment integer, write_date timestamp)",
        "INSERT INTO ir_sequence_strict (type, number_next_internal, number_increment)"
            + " VALUES ('incremental', 2, 1)");
    own("party/8", "1");
    own("party/9", "2");
    own("party/a", "3");
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY code"))
        .containsExactly("1|theirs", "2|own", "3|own", "4|own");
  }

  @Test
  void withoutTheSequenceTheNumberAboveAllIsTaken() throws SQLException {
    with("\"renumber_local\", \"sequence\": \"no_such\"");
    own("party/8", "9");
    shore.put("party/2", "{\"code\":\"9\",\"name\":\"theirs\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT code, name FROM party ORDER BY code"))
        .containsExactly("10|own", "9|theirs");
  }

  @Test
  void theApplicationsNextNumberIsAFreeOne() throws SQLException {
    with("\"suffix\", \"sequence\": \"numbers\"");
    shore.put("party/1", "{\"code\":\"503\",\"name\":\"theirs\"}");
    shore.put("party/2", "{\"code\":\"7\",\"name\":\"theirs\"}");
    shore.put("party/3", "{\"code\":\"999999999999999999\",\"name\":\"a slip\"}");
    shore.pass();
    assertThat(shore.rows("SELECT last_value FROM numbers")).containsExactly("503");
    shore.delete("party/3");
    shore.put("party/1", "{\"code\":\"504\",\"name\":\"theirs\"}");
    shore.pass();
    assertThat(
            shore.rows(
                "INSERT INTO party (code, name) VALUES (nextval('numbers'), 'own')"
                    + " RETURNING code"))
        .containsExactly("505");
  }

  @Test
  void theSameThingMadeTwiceIsOneRowOfTheSmallerId() throws SQLException {
    with("\"keep_central\"");
    own("party/8", "1");
    shore.put("address/x", "{\"party\":\"party/8\"}");
    shore.pass();
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.put("address/y", "{\"party\":\"party/2\"}");
    shore.pass();
    assertThat(shore.rows("SELECT id, code, name FROM party")).containsExactly("1|1|theirs");
    assertThat(shore.rows("SELECT party FROM address")).containsExactly("1", "1");
    assertThat(shore.rows("SELECT name, id FROM skerry.row WHERE tbl = 'party' ORDER BY name"))
        .containsExactly("party/2|1", "party/8|");
    shore.hurry();
    assertThat(shore.isDeleted("party/8")).isTrue();
    assertThat(shore.waiting()).isEmpty();
    shore.pass();
    assertThat(shore.rows("SELECT id FROM party")).containsExactly("1");
    shore.put("address/z", "{\"party\":\"party/8\"}");
    shore.pass();
    assertThat(shore.rows("SELECT party FROM address")).containsExactly("1", "1", "1");
  }

  @Test
  void theSameThingWithTheGreaterIdIsKnownFromThenOn() throws SQLException {
    with("\"keep_central\"");
    own("party/2", "1");
    shore.put("party/8", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.put("address/x", "{\"party\":\"party/8\"}");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT id, name FROM party")).containsExactly("1|own");
    assertThat(shore.rows("SELECT party FROM address")).containsExactly("1");
    assertThat(shore.waiting()).isEmpty();
    assertThat(shore.isDeleted("party/8")).isFalse();
  }

  @Test
  void withoutARuleThereIsNoLoopButAWait() throws SQLException {
    shore.close();
    shore = new Shore("{\"name\": \"party\", \"columns\": [\"code\", \"name\"]}", TABLES);
    own("party/8", "1");
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"theirs\"}");
    shore.pass();
    assertThat(shore.hurry().written()).isZero();
    assertThat(shore.waiting())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.attempts()).isEqualTo(2);
              assertThat(one.detail()).contains("party_code_key");
            });
  }

  @Test
  void whatIsDeletedAndMadeAgainIsNotTheSame() throws SQLException {
    with("\"keep_central\"");
    shore.put("party/5", "{\"code\":\"1\",\"name\":\"first\"}");
    shore.pass();
    shore.delete("party/5");
    shore.put("party/8", "{\"code\":\"1\",\"name\":\"second\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 1, 0, 0));
    shore.delete("party/8");
    shore.put("party/2", "{\"code\":\"1\",\"name\":\"third\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 1, 0, 0));
    assertThat(shore.rows("SELECT code, name FROM party")).containsExactly("1|third");
    assertThat(shore.rows("SELECT name FROM skerry.row WHERE id IS NOT NULL"))
        .containsExactly("party/2");
  }
}
