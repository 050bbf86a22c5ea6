package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.postgres.testing.PostgresServer;

class OutboxCaptureTest extends CaptureContract {
  private static final String OUTBOX = "\"capture\":\"outbox\",";

  @Override
  Clinic clinic(String mapping, String... tables) {
    return new Clinic(PostgresServer.shared().database(tables), mapping, OUTBOX);
  }

  @Test
  void whatThisNodeWroteDoesNotEcho() {
    try (Clinic clinic = clinic(Clinic.MAPPING, Clinic.PARTY, Clinic.ADDRESS).start()) {
      clinic.captured();
      clinic
          .application()
          .together(
              "SELECT set_config('" + Marks.OURS_SETTING + "', 'on', true)",
              "INSERT INTO party (name) VALUES ('Ada')");
      clinic.does("INSERT INTO party (name) VALUES ('Ida')");
      assertThat(clinic.only("party").path("name").stringValue()).isEqualTo("Ida");
    }
  }

  @Test
  void whatIsTakenCareOfIsDeleted() {
    try (Clinic clinic = clinic(Clinic.MAPPING, Clinic.PARTY, Clinic.ADDRESS).start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')").stop();
      assertThat(clinic.application().value("SELECT count(*) FROM skerry.outbox")).isEqualTo("0");
      assertThat(
              clinic
                  .application()
                  .value(
                      "SELECT count(*) FROM pg_replication_slots"
                          + " WHERE database = current_database()"))
          .isEqualTo("0");
    }
  }

  @Test
  void aTransactionThatIsLongerThanOneReadingIsTakenInParts() {
    try (Clinic clinic = clinic(Clinic.MAPPING, Clinic.PARTY, Clinic.ADDRESS).start()) {
      clinic
          .captured()
          .does("INSERT INTO party (name) SELECT 'p' || n FROM generate_series(1, 25000) n");
      assertThat(clinic.documents("party")).hasSize(25_000);
    }
  }

  @Test
  void switchingToTheLogLeavesNoTriggers() {
    try (Clinic clinic = clinic(Clinic.MAPPING, Clinic.PARTY, Clinic.ADDRESS).start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')").stop();
      try (Clinic other = new Clinic(clinic.application(), Clinic.MAPPING, "").start()) {
        other.captured().does("UPDATE party SET name = 'Ida'");
        assertThat(other.only("party").path("name").stringValue()).isEqualTo("Ida");
        assertThat(
                other
                    .application()
                    .value("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'skerry%'"))
            .isEqualTo("0");
      }
    }
  }
}
