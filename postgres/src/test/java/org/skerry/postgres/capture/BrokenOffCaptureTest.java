package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;

/** Whatever is killed in the middle of whatever, each edit becomes one revision. */
@ExtendWith(Seeded.class)
class BrokenOffCaptureTest {
  private static final int ROUNDS = 12;

  @ParameterizedTest
  @ValueSource(strings = {"logical", "outbox"})
  void noRowIsLostAndNoneIsThereTwice(String way) {
    long seed = Seeded.seed();
    SplittableRandom random = new SplittableRandom(seed);
    try (PostgresServer server = PostgresServer.start();
        Clinic clinic =
            new Clinic(
                server.database(Clinic.PARTY, Clinic.ADDRESS),
                Clinic.MAPPING,
                "\"capture\":\"" + way + "\",")) {
      clinic.start();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = random.nextInt(1, 8); i > 0; i--) {
          work(clinic, random);
        }
        breakOff(server, clinic, random.nextInt(4));
      }
      clinic.captured();
      assertThat(documents(clinic)).as("seed %d", seed).isEqualTo(rows(clinic));
      for (String id : clinic.documents("party").keySet()) {
        assertThat(clinic.versions(id)).as("seed %d: %s", seed, id).hasSize(1);
      }
    }
  }

  private static void work(Clinic clinic, SplittableRandom random) {
    int some = random.nextInt(1, 60);
    switch (random.nextInt(5)) {
      case 0, 1 ->
          clinic
              .application()
              .together(
                  "INSERT INTO party (name) SELECT 'p' || n FROM generate_series(1, %d) n"
                      .formatted(some),
                  "INSERT INTO address (party, city) SELECT max(id), 'Port Maria' FROM party");
      case 2 ->
          clinic
              .application()
              .run(
                  "UPDATE party SET name = name || 'x' WHERE id %% 3 = %d"
                      .formatted(random.nextInt(3)));
      case 3 ->
          clinic
              .application()
              .run(
                  "DELETE FROM party WHERE id %% 7 = %d AND id NOT IN (SELECT party FROM address)"
                      .formatted(random.nextInt(7)));
      default -> clinic.application().run("UPDATE address SET city = city || 'y'");
    }
  }

  private static void breakOff(PostgresServer server, Clinic clinic, int how) {
    switch (how) {
      case 0 -> clinic.stop().start();
      case 1 -> {
        server.kill();
        clinic.awaitEnd();
        server.launch();
        clinic.start();
      }
      case 2 -> {
        server.stop();
        clinic.awaitEnd();
        server.launch();
        clinic.start();
      }
      default -> {}
    }
  }

  private static Map<String, String> documents(Clinic clinic) {
    Map<String, String> found = new TreeMap<>();
    for (String type : List.of("party", "address")) {
      clinic.documents(type).forEach((id, json) -> found.put(id, text(json)));
    }
    return found;
  }

  private static String text(JsonNode json) {
    return json.has("city")
        ? json.path("city").stringValue() + " of " + json.path("party").stringValue()
        : json.path("name").stringValue();
  }

  private static Map<String, String> rows(Clinic clinic) {
    Map<String, String> found = new TreeMap<>();
    String parties =
        "SELECT b.name, p.name FROM party p"
            + " LEFT JOIN skerry.row b ON b.tbl = 'party' AND b.id = p.id::text";
    String addresses =
        "SELECT b.name, a.city || ' of ' || o.name FROM address a"
            + " LEFT JOIN skerry.row b ON b.tbl = 'address' AND b.id = a.id::text"
            + " LEFT JOIN skerry.row o ON o.tbl = 'party' AND o.id = a.party::text";
    for (String sql : List.of(parties, addresses)) {
      for (String row : clinic.application().rows(sql)) {
        int bar = row.indexOf('|');
        found.put(row.substring(0, bar), row.substring(bar + 1));
      }
    }
    return found;
  }

  @Test
  void aFirstPassThatIsKilledBeginsAnewAndRepeatsNothing() {
    try (PostgresServer server = PostgresServer.start();
        Clinic clinic =
            new Clinic(server.database(Clinic.PARTY, Clinic.ADDRESS), Clinic.MAPPING, "")) {
      clinic
          .application()
          .run("INSERT INTO party (name) SELECT 'p' || n FROM generate_series(1, 6000) n");
      clinic.start();
      clinic.awaitDocuments(1);
      server.kill();
      clinic.awaitEnd();
      server.launch();
      clinic.start().captured();
      assertThat(clinic.documents("party")).hasSize(6_000);
      assertThat(documents(clinic)).isEqualTo(rows(clinic));
      assertThat(clinic.database().store().now().number()).isEqualTo(6_000);
    }
  }
}
