package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.JsonNode;

class LogCaptureTest extends CaptureContract {
  @Override
  Clinic clinic(String mapping, String... tables) {
    return new Clinic(mapping, tables);
  }

  @Test
  void longValuesThatDidNotChangeStay() {
    try (Clinic clinic = new Clinic().start()) {
      clinic.captured();
      clinic.application().run("ALTER TABLE party ALTER notes SET STORAGE EXTERNAL");
      clinic.does("INSERT INTO party (name, notes) VALUES ('Ada', repeat('x', 50000))");
      clinic.does("UPDATE party SET name = 'Ida'");
      JsonNode party = clinic.only("party");
      assertThat(party.path("name").stringValue()).isEqualTo("Ida");
      assertThat(party.path("notes").stringValue()).hasSize(50_000);
    }
  }

  @Test
  void whatThisNodeWroteDoesNotEcho() {
    try (Clinic clinic = new Clinic().start()) {
      clinic.captured();
      clinic
          .application()
          .together(
              "SELECT pg_logical_emit_message(true, '" + Marks.OURS + "', '')",
              "INSERT INTO party (name) VALUES ('Ada')");
      clinic.does("INSERT INTO party (name) VALUES ('Ida')");
      assertThat(clinic.only("party").path("name").stringValue()).isEqualTo("Ida");
    }
  }

  @Test
  void whatPostgresTellsAgainChangesNothing() {
    try (Clinic clinic = new Clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')").stop();
      String slot =
          clinic
              .application()
              .value(
                  "SELECT slot_name FROM pg_replication_slots"
                      + " WHERE database = current_database()");
      // A copy of the place before: as if PostgreSQL had not heard what was confirmed.
      clinic
          .application()
          .run("SELECT pg_copy_logical_replication_slot('" + slot + "', '" + slot + "_before')");
      clinic.start().captured();
      clinic.does("UPDATE party SET name = 'Ida'", "UPDATE party SET name = 'Eda'").stop();
      long before = clinic.database().store().now().number();
      clinic
          .application()
          .run(
              "SELECT pg_drop_replication_slot('" + slot + "')",
              "SELECT pg_copy_logical_replication_slot('" + slot + "_before', '" + slot + "')");
      clinic.start().captured();
      assertThat(clinic.database().store().now().number()).isEqualTo(before);
      clinic.does("UPDATE party SET name = 'Ada'");
      assertThat(clinic.generation(clinic.id("party", 1))).isEqualTo(4);
      assertThat(clinic.versions(clinic.id("party", 1))).hasSize(1);
    }
  }

  @Test
  void aLostPlaceInTheLogIsFoundAgainByReadingEverything() {
    try (Clinic clinic = new Clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada'), ('Ida'), ('Oda')").stop();
      String slot =
          clinic
              .application()
              .value(
                  "SELECT slot_name FROM pg_replication_slots"
                      + " WHERE database = current_database()");
      clinic
          .application()
          .run(
              "SELECT pg_drop_replication_slot('" + slot + "')",
              "DELETE FROM party WHERE name = 'Ida'",
              "UPDATE party SET name = 'Eda' WHERE name = 'Ada'",
              "INSERT INTO party (name) VALUES ('Uda')");
      clinic.start().captured();
      assertThat(clinic.documents("party").values())
          .extracting(party -> party.path("name").stringValue())
          .containsExactlyInAnyOrder("Eda", "Oda", "Uda");
      assertThat(clinic.generation(clinic.id("party", 1))).isEqualTo(2);
      assertThat(clinic.generation(clinic.id("party", 3))).isEqualTo(1);
    }
  }

  @Test
  void aTableWhoseChangesPostgresWouldRefuseIsNotPublished() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"word\",\"columns\":[\"text\"]}]}",
            "CREATE TABLE word (id integer, text varchar)")) {
      clinic.start();
      assertThat(clinic.awaitEnd())
          .hasValueSatisfying(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(SchemaException.class)
                      .hasMessageContaining("REPLICA IDENTITY FULL"));
      clinic
          .application()
          .run(
              "INSERT INTO word VALUES (1, 'a')",
              "UPDATE word SET text = 'b'",
              "ALTER TABLE word REPLICA IDENTITY FULL");
      clinic.start().captured().does("UPDATE word SET id = 2", "UPDATE word SET text = 'c'");
      assertThat(clinic.only("word").path("text").stringValue()).isEqualTo("c");
      clinic.does("DELETE FROM word");
      assertThat(clinic.documents("word")).isEmpty();
    }
  }

  /** PostgreSQL does not tell rows by a key that two of them may have until the commit. */
  @Test
  void rowsThatExchangeADeferrableKeyKeepTheirDocuments() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"word\",\"columns\":[\"text\"]}]}",
            "CREATE TABLE word (id integer PRIMARY KEY DEFERRABLE, text varchar)")) {
      clinic.start();
      assertThat(clinic.awaitEnd())
          .hasValueSatisfying(
              failure -> assertThat(failure).hasMessageContaining("REPLICA IDENTITY FULL"));
      clinic
          .application()
          .run(
              "INSERT INTO word VALUES (1, 'a'), (2, 'b')",
              "UPDATE word SET text = text",
              "ALTER TABLE word REPLICA IDENTITY FULL");
      clinic.start().captured();
      String a = clinic.id("word", 1);
      String b = clinic.id("word", 2);
      clinic.does("UPDATE word SET id = 3 - id", "UPDATE word SET text = text || id");
      assertThat(clinic.body(a).path("text").stringValue()).isEqualTo("a2");
      assertThat(clinic.body(b).path("text").stringValue()).isEqualTo("b1");
      clinic.does("UPDATE word SET id = id + 1, text = text || id");
      assertThat(clinic.body(a).path("text").stringValue()).isEqualTo("a22");
      assertThat(clinic.body(b).path("text").stringValue()).isEqualTo("b11");
      assertThat(clinic.id("word", 3)).isEqualTo(a);
      assertThat(clinic.documents("word")).hasSize(2);
    }
  }

  @Test
  void generatedColumnsAreNotTold() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"word\",\"columns\":[\"text\",\"size\"]}]}",
            "CREATE TABLE word (id serial PRIMARY KEY, text varchar,"
                + " size integer GENERATED ALWAYS AS (length(text)) STORED)")) {
      clinic.application().run("INSERT INTO word (text) VALUES ('a')");
      clinic.start().captured().does("UPDATE word SET text = 'bb'");
      assertThat(clinic.only("word")).hasToString("{\"text\":\"bb\"}");
    }
  }

  @Test
  void partsOfATableAreTheTable() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"word\",\"columns\":[\"text\"]}]}",
            "CREATE TABLE word (id integer PRIMARY KEY, text varchar) PARTITION BY RANGE (id)",
            "CREATE TABLE word_low PARTITION OF word FOR VALUES FROM (0) TO (100)",
            "CREATE TABLE word_high PARTITION OF word FOR VALUES FROM (100) TO (200)")) {
      clinic.application().run("INSERT INTO word VALUES (1, 'a')");
      clinic.start().captured();
      clinic.does("INSERT INTO word VALUES (101, 'b')", "UPDATE word SET text = text || 'x'");
      assertThat(clinic.documents("word").values())
          .extracting(word -> word.path("text").stringValue())
          .containsExactlyInAnyOrder("ax", "bx");
    }
  }

  @Test
  void whatIsTakenCareOfIsGivenFreeThoughCaptureEndsAtOnce() {
    try (Clinic clinic = new Clinic().start().captured()) {
      TestDatabase application = clinic.application();
      application.run("INSERT INTO party (name) VALUES ('Ana')");
      String behind = application.value("SELECT pg_current_wal_insert_lsn()");
      clinic.captured().stop();
      assertThat(
              application.value(
                  "SELECT confirmed_flush_lsn >= '"
                      + behind
                      + "' FROM pg_replication_slots WHERE database = current_database()"))
          .isEqualTo("t");
    }
  }
}
