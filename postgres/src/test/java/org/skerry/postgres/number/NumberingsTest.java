package org.skerry.postgres.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.mapping.Numbering;
import org.skerry.postgres.number.Numberings.Sought;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;

class NumberingsTest {
  private static final String ROW =
      " (id serial PRIMARY KEY, type varchar, prefix varchar, suffix varchar, padding integer,"
          + " number_next_internal integer, number_increment integer, write_date timestamp)";

  /** As Tryton has them: three that count, one of which is strict, and one that tells the time. */
  private static final String[] TRYTON = {
    "CREATE TABLE ir_model_data (module varchar, fs_id varchar, model varchar, db_id integer)",
    "CREATE TABLE ir_sequence" + ROW,
    "CREATE TABLE ir_sequence_strict" + ROW,
    "INSERT INTO ir_sequence (type, prefix, padding) VALUES ('incremental', 'P', 3),"
        + " ('decimal timestamp', NULL, 0), ('incremental', NULL, NULL)",
    "CREATE SEQUENCE ir_sequence_1",
    "CREATE SEQUENCE ir_sequence_9",
    "INSERT INTO ir_sequence_strict (type, prefix, padding, number_next_internal, number_increment)"
        + " VALUES ('incremental', '${year}/', 0, 7, 2), ('incremental', NULL, 0, 7, 2)",
    "INSERT INTO ir_model_data VALUES ('party', 'sequence_party', 'ir.sequence', 1),"
        + " ('party', 'sequence_type_party', 'ir.sequence.type', 1),"
        + " ('party', 'sequence_gone', 'ir.sequence', 44),"
        + " ('account', 'sequence_move', 'ir.sequence.strict', 1)",
  };

  private static final TestDatabase APPLICATION = PostgresServer.shared().database(TRYTON);
  private final Connection connection = APPLICATION.connect();
  private final Numberings numberings = new Numberings(connection, "public");

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Sought named(String name) throws SQLException {
    return numberings.find(Optional.of(Numbering.named(name)), Optional.empty());
  }

  private Sought listed(String name) throws SQLException {
    Numbering numbering =
        new Numbering(
            new Numbering.Source.Listed(name.split("\\.")[0], name.split("\\.")[1]),
            "",
            "",
            Optional.empty(),
            100);
    return numberings.find(Optional.of(numbering), Optional.empty());
  }

  private String next(Sought sought, String like, int attempt) throws SQLException {
    return ((Sought.Found) sought).numbered().next(connection, like, attempt);
  }

  private Numbered.Passed pass(Sought sought, String... codes) throws SQLException {
    return ((Sought.Found) sought).numbered().pass(connection, List.of(codes));
  }

  @Test
  void trytonsRowSaysWhatItsCodesLookLike() throws SQLException {
    assertThat(pass(named("ir_sequence_1"), "P041", "42", "P0043").moved()).isTrue();
    assertThat(next(listed("party.sequence_party"), "x", 1)).isEqualTo("P042");
  }

  @Test
  void aSequenceThatIsOnlyCalledLikeTrytonsIsOneOfPostgres() throws SQLException {
    assertThat(pass(named("ir_sequence_9"), "0041").moved()).isTrue();
    assertThat(next(named("ir_sequence_9"), "x", 1)).isEqualTo("42");
  }

  @Test
  void aStrictOneCountsInItsRow() throws SQLException {
    Sought strict = listed("account.sequence_move");
    assertThat(strict.getClass()).isEqualTo(named("ir_sequence_strict_1").getClass());
    assertThat(pass(strict, "2026/5", "17", "2026/x").moved()).isFalse();
    assertThat(pass(strict, "2026/12", "2025/10").moved()).isTrue();
    assertThat(
            APPLICATION.value("SELECT number_next_internal FROM ir_sequence_strict WHERE id = 1"))
        .isEqualTo("13");
    assertThat(
            APPLICATION.value("SELECT write_date IS NOT NULL FROM ir_sequence_strict WHERE id = 1"))
        .isEqualTo("t");
    assertThat(next(strict, "2025/1", 1)).isEqualTo("2025/13");
    assertThat(next(strict, "2025/1", 3)).as("two were taken back").isEqualTo("2025/19");
    assertThat(pass(strict, "2026/999999").tooFar()).isEqualTo(1);
  }

  @Test
  void aStrictOneThatSomebodyMovedMeanwhileDoesNotGoBack() throws SQLException {
    Counter counter = ((Sought.Found) named("ir_sequence_strict_2")).numbered().counter();
    Stand stand = counter.stand(connection);
    APPLICATION.run("UPDATE ir_sequence_strict SET number_next_internal = 101 WHERE id = 2");
    counter.move(connection, stand, 50);
    assertThat(
            APPLICATION.value("SELECT number_next_internal FROM ir_sequence_strict WHERE id = 2"))
        .isEqualTo("101");
  }

  @Test
  void nobodyCountsTimes() throws SQLException {
    assertThat(named("ir_sequence_2")).isInstanceOf(Sought.Uncounted.class);
    assertThat(numberings.find(Optional.empty(), Optional.empty()))
        .isEqualTo(new Sought.Uncounted(""));
  }

  @Test
  void whatIsNotThereIsNamed() throws SQLException {
    for (String name : List.of("no_such", "ir_sequence_3", "ir_sequence_strict_5")) {
      assertThat(named(name)).isEqualTo(new Sought.Missing("there is no sequence public." + name));
    }
  }

  @Test
  void whatModulesDoNotListIsNamed() throws SQLException {
    for (String name : List.of("party.other", "party.sequence_type_party", "party.sequence_gone")) {
      assertThat(listed(name))
          .isEqualTo(new Sought.Missing("there is no sequence " + name + " of Tryton's"));
    }
  }

  @Test
  void whatTheLoginMayNotIsSaid() throws SQLException {
    PostgresServer.shared()
        .run(
            APPLICATION.name(),
            "CREATE SEQUENCE theirs",
            "CREATE SCHEMA theirs",
            "GRANT USAGE ON SCHEMA theirs TO PUBLIC",
            "CREATE TABLE theirs.ir_sequence_strict AS SELECT * FROM ir_sequence_strict",
            "GRANT SELECT ON theirs, theirs.ir_sequence_strict TO " + PostgresServer.USER);
    assertThat(named("theirs").toString()).contains("GRANT USAGE, SELECT ON SEQUENCE");
    assertThat(
            new Numberings(connection, "theirs")
                .find(Optional.of(Numbering.named("ir_sequence_strict_1")), Optional.empty())
                .toString())
        .contains("GRANT UPDATE");
  }

  /** The defaults as PostgreSQL spells them, which is not as they were written. */
  @Test
  void aDefaultSaysWhatItDraws() throws SQLException {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("nextval('s')", "s,,,0");
    rules.put("nextval('\"Odd ''one\"')", "\"Odd 'one\",,,0");
    rules.put("'P' || nextval('s')", "s,P,,0");
    rules.put("'it''s ' || lpad(nextval('s')::text, 5, '0')", "s,it's ,,5");
    rules.put("to_char(nextval('s'), 'FM0000')", "s,,,4");
    rules.put("('P' || to_char(nextval('s'), 'FM000') || '/x')::varchar(9)", "s,P,/x,3");
    rules.put("lpad(nextval('s')::text, 5, 'x')", "");
    rules.put("nextval('s') || ':' || nextval('s')", "");
    rules.put("md5(nextval('s')::text)", "");
    rules.put("'P' || 5", "");
    APPLICATION.run("CREATE SEQUENCE s", "CREATE SEQUENCE \"Odd 'one\"", "CREATE TABLE t ()");
    int at = 0;
    for (String rule : rules.keySet()) {
      APPLICATION.run("ALTER TABLE t ADD code" + at++ + " text DEFAULT (" + rule + ")");
    }
    List<String> told =
        APPLICATION.rows(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid ="
                + " 't'::regclass ORDER BY adnum");
    assertThat(told.stream().map(NumberingsTest::read))
        .as("%s", told)
        .containsExactlyElementsOf(rules.values());
  }

  private static String read(String rule) {
    return FilledBy.read(rule)
        .map(by -> by.sequence() + "," + by.prefix() + "," + by.suffix() + "," + by.padding())
        .orElse("");
  }
}
