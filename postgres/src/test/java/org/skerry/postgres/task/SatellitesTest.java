package org.skerry.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.JsonNode;

class SatellitesTest {
  private static final String PARTY =
      "CREATE TABLE party (id serial PRIMARY KEY, name varchar, phone varchar)";
  private static final String ADDRESS =
      "CREATE TABLE address (id serial PRIMARY KEY, party integer NOT NULL REFERENCES party,"
          + " city varchar)";
  private static final String MAPPING =
      """
      {"tables": [
        {"name": "party", "columns": ["name", "phone"]},
        {"name": "address", "columns": ["city"], "references": {"party": "party"}}]}
      """;
  private static final String NAMES =
      "SELECT p.name, p.phone, a.city FROM party p LEFT JOIN address a ON a.party = p.id"
          + " ORDER BY p.name, a.city";

  private static TestDatabase application() {
    return PostgresServer.shared().database(PARTY, ADDRESS);
  }

  @Test
  void twoApplicationsShowTheSameRecords() {
    TestDatabase hill = application();
    TestDatabase bay = application();
    hill.run("INSERT INTO party (name) VALUES ('Ada')");
    bay.run(
        "INSERT INTO party (name) VALUES ('Ida'), ('Oda')",
        "INSERT INTO address (party, city) VALUES (2, 'Port Maria')");
    try (Coast coast = new Coast()) {
      coast.satellite("hill", hill, MAPPING, "").satellite("bay", bay, MAPPING, "");
      settle(coast);
      List<String> all = List.of("Ada||", "Ida||", "Oda||Port Maria");
      assertThat(hill.rows(NAMES)).isEqualTo(all);
      assertThat(bay.rows(NAMES)).isEqualTo(all);
      hill.run("UPDATE address SET city = 'Negril'");
      bay.run(
          "UPDATE party SET phone = '1' WHERE name = 'Ada'",
          "DELETE FROM party WHERE name = 'Ida'");
      settle(coast);
      all = List.of("Ada|1|", "Oda||Negril");
      assertThat(hill.rows(NAMES)).isEqualTo(all);
      assertThat(bay.rows(NAMES)).isEqualTo(all);
    }
  }

  /** Until everything is everywhere. */
  private static void settle(Coast coast) {
    for (String satellite : List.of("hill", "bay")) {
      coast.run(satellite, "push");
    }
    for (String satellite : List.of("hill", "bay")) {
      JsonNode status = coast.run(satellite, "pull");
      assertThat(status.path("pull").path("error").asString("")).isEmpty();
      assertThat(status.path("pull").path("waiting").asInt()).isZero();
    }
  }

  @Test
  void whatBothChangedIsAConflictThatBothShowTheSameWay() {
    TestDatabase hill = application();
    TestDatabase bay = application();
    hill.run("INSERT INTO party (name) VALUES ('Ada')");
    try (Coast coast = new Coast()) {
      String byHand = "\"push\":{\"enabled\":false},\"pull\":{\"enabled\":false},";
      coast.satellite("hill", hill, MAPPING, byHand).satellite("bay", bay, MAPPING, byHand);
      settle(coast);
      hill.run("UPDATE party SET phone = '1'");
      bay.run("UPDATE party SET phone = '2'");
      settle(coast);
      assertThat(bay.rows(NAMES)).isEqualTo(hill.rows(NAMES)).hasSize(1);
      String id = bay.value("SELECT name FROM skerry.row WHERE tbl = 'party'");
      JsonNode document =
          coast.expect("GET", "/clinic/" + id.replace("/", "%2F") + "?conflicts=true", "");
      assertThat(document.path("_conflicts")).hasSize(1);
      // Nothing is left to do, and nothing goes round.
      long before = coast.database("clinic").store().now().number();
      settle(coast);
      assertThat(coast.database("clinic").store().now().number()).isEqualTo(before);
    }
  }

  @Test
  void onAScheduleNothingRunsInBetween() {
    TestDatabase hill = application();
    try (Coast coast = new Coast()) {
      coast.satellite(
          "hill", hill, MAPPING, "\"push\":{\"seconds\":86400},\"pull\":{\"enabled\":false},");
      coast.run("hill", "push");
      hill.run("INSERT INTO party (name) VALUES ('Ada')");
      assertThat(coast.status("hill").path("push").path("phase").asString()).isEqualTo("stopped");
      assertThat(coast.status("hill").path("push").has("next")).isTrue();
      assertThat(coast.run("hill", "push").path("push").path("documents").asInt()).isEqualTo(1);
    }
  }

  @Test
  void statusTellsWhatWasDoneAndNoSecret() {
    TestDatabase hill = application();
    hill.run("INSERT INTO party (name) VALUES ('Ada')");
    try (Coast coast = new Coast()) {
      coast.satellite("hill", hill, MAPPING, "");
      coast.run("hill", "all");
      coast.satellites().runner("hill").orElseThrow().watch().look();
      JsonNode status = coast.expect("GET", "/_postgres/_status", "").path("satellites").path(0);
      assertThat(status.path("satellite").asString()).isEqualTo("hill");
      assertThat(status.path("push").path("phase").asString()).isEqualTo("following");
      assertThat(status.path("push").path("documents").asInt()).isEqualTo(1);
      assertThat(status.path("push").path("full_readings").asInt()).isEqualTo(1);
      assertThat(status.path("pull").path("pending").asInt()).isZero();
      assertThat(status.path("log").path("active").asBoolean()).isTrue();
      assertThat(status.toString()).doesNotContain(PostgresServer.PASSWORD);
      assertThat(coast.send("GET", "/_postgres/_status", "", "X-Nurse", "1").statusCode())
          .isEqualTo(401);
      assertThat(coast.send("GET", "/_postgres/_status/bay", "").statusCode()).isEqualTo(404);
      assertThat(coast.send("POST", "/_postgres/_status/hill/run?task=x", "").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void whatIsWrongIsExplained() {
    TestDatabase hill = application();
    try (Coast coast = new Coast()) {
      String wrong =
          Coast.description(hill, MAPPING, "").replace(PostgresServer.PASSWORD, "guessed");
      coast.described("hill", wrong);
      JsonNode status = coast.run("hill", "push");
      assertThat(status.path("push").path("error").asString())
          .contains("password authentication failed", "look at `user` and `password`");
    }
  }

  @Test
  void aSatelliteThatIsDeletedLeavesNoLogBehind() throws InterruptedException {
    TestDatabase hill = application();
    try (Coast coast = new Coast()) {
      coast.satellite("hill", hill, MAPPING, "");
      coast.run("hill", "push");
      String slots =
          "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()";
      assertThat(hill.value(slots)).isEqualTo("1");
      Runner runner = coast.satellites().runner("hill").orElseThrow();
      String rev = coast.expect("GET", "/_postgres/hill", "").path("_rev").asString();
      coast.expect("DELETE", "/_postgres/hill?rev=" + rev, "");
      runner.awaitForgotten();
      assertThat(hill.value(slots)).isEqualTo("0");
    }
  }

  @Test
  void whatARuleRefusesIsKeptAndTriedAgain() {
    TestDatabase hill = application();
    try (Coast coast = new Coast()) {
      coast.satellite("hill", hill, MAPPING, "");
      boolean[] strict = {true};
      coast
          .databases()
          .guard(
              "clinic",
              (database, proposed, author) ->
                  strict[0] && proposed.body().toString().contains("Ada")
                      ? Verdict.forbidden("no Ada")
                      : Verdict.PASS);
      hill.run("INSERT INTO party (name) VALUES ('Ada'), ('Ida')");
      assertThat(coast.run("hill", "push").path("push").path("documents").asInt()).isEqualTo(1);
      JsonNode refused = coast.expect("GET", "/_postgres/_status/hill/refused", "").path("refused");
      assertThat(refused).hasSize(1);
      assertThat(refused.path(0).path("reason").asString()).isEqualTo("no Ada");
      assertThat(refused.path(0).path("document").path("name").asString()).isEqualTo("Ada");
      strict[0] = false;
      coast.expect("POST", "/_postgres/_status/hill/retry", "");
      assertThat(coast.run("hill", "push").path("push").path("documents").asInt()).isEqualTo(2);
      assertThat(coast.expect("GET", "/_postgres/_status/hill/refused", "").path("refused"))
          .isEmpty();
    }
  }
}
