package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;

/** What every way of capturing promises. */
abstract class CaptureContract {
  /** A clinic that captures in this way. */
  abstract Clinic clinic(String mapping, String... tables);

  private Clinic clinic() {
    return clinic(Clinic.MAPPING, Clinic.PARTY, Clinic.ADDRESS);
  }

  @Test
  void rowsThatWereThereBecomeDocuments() {
    try (Clinic clinic = clinic()) {
      clinic
          .application()
          .run(
              "INSERT INTO party (name, weight, seen)"
                  + " VALUES ('Ada', 61.50, '2026-03-01 12:00:00.25')",
              "INSERT INTO address (party, city) VALUES (1, 'Port Maria')");
      clinic.start().captured();
      assertThat(clinic.stored(clinic.id("party", 1)).revisions().getFirst().body())
          .hasToString(
              "{\"name\":\"Ada\",\"notes\":null,\"seen\":\"2026-03-01T12:00:00.25\",\"weight\":61.50}");
      assertThat(clinic.only("address"))
          .hasToString("{\"city\":\"Port Maria\",\"party\":\"" + clinic.id("party", 1) + "\"}");
    }
  }

  @Test
  void whatTheApplicationDoesFollows() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')");
      String id = clinic.id("party", 1);
      assertThat(clinic.body(id).path("name").stringValue()).isEqualTo("Ada");
      clinic.does("UPDATE party SET name = 'Ida'");
      assertThat(clinic.body(id).path("name").stringValue()).isEqualTo("Ida");
      assertThat(clinic.generation(id)).isEqualTo(2);
      clinic.does("DELETE FROM party");
      assertThat(clinic.documents("party")).isEmpty();
      assertThat(clinic.generation(id)).isEqualTo(3);
    }
  }

  @Test
  void aTransactionIsSeenAsAWhole() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured();
      long before = clinic.database().store().now().number();
      clinic
          .application()
          .together(
              "INSERT INTO party (name) VALUES ('Ada'), ('Ida')",
              "INSERT INTO address (party, city) VALUES (1, 'a'), (2, 'b')",
              "UPDATE address SET city = 'c' WHERE party = 2",
              "INSERT INTO party (name) VALUES ('nobody')",
              "DELETE FROM party WHERE name = 'nobody'");
      clinic.captured();
      assertThat(clinic.documents("party")).hasSize(2);
      assertThat(clinic.database().store().now().number() - before).isEqualTo(4);
      assertThat(clinic.generation(clinic.id("address", 2))).isEqualTo(1);
    }
  }

  @Test
  void writingWhatIsThereAlreadyIsNoEdit() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name, weight) VALUES ('Ada', 61.5)");
      clinic.does(
          "UPDATE party SET name = name, write_date = now()",
          "UPDATE party SET weight = 61.50",
          "UPDATE party SET name = 'Ida'",
          "UPDATE party SET name = 'Ida'");
      assertThat(clinic.generation(clinic.id("party", 1))).isEqualTo(2);
      assertThat(clinic.capture().figures().shown().unchanged()).isEqualTo(3);
    }
  }

  @Test
  void anEditBehindSomebodyElsesIsAConflictAndNoOverwriting() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')");
      String id = clinic.id("party", 1);
      clinic.edits(id, "{\"name\":\"Ida\"}");
      clinic.does("UPDATE party SET name = 'Eda'");
      assertThat(clinic.versions(id)).hasSize(2);
    }
  }

  @Test
  void membersThatNoColumnHasStayInTheDocument() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')");
      String id = clinic.id("party", 1);
      clinic.edits(id, "{\"name\":\"Ada\",\"photo\":[1]}");
      // As apply notes it.
      clinic
          .application()
          .run("UPDATE skerry.row SET rev = '" + clinic.stored(id).winner().rev() + "'");
      clinic.does("UPDATE party SET name = 'Ida'");
      assertThat(clinic.body(id).path("photo")).hasToString("[1]");
      assertThat(clinic.versions(id)).hasSize(1);
    }
  }

  @Test
  void aRowWhoseKeyChangesIsTheSameDocument() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada'), ('Ida')");
      String ada = clinic.id("party", 1);
      String ida = clinic.id("party", 2);
      clinic
          .application()
          .together(
              "UPDATE party SET id = 10 WHERE id = 1",
              "UPDATE party SET id = 1 WHERE id = 2",
              "UPDATE party SET id = 2 WHERE id = 10");
      clinic.captured();
      assertThat(List.of(clinic.id("party", 1), clinic.id("party", 2))).containsExactly(ida, ada);
      assertThat(clinic.documents("party")).hasSize(2);
      assertThat(clinic.generation(ada)).isEqualTo(1);
    }
  }

  @Test
  void aRowThatTakesTheKeyOfADeletedOneLeavesItDeleted() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada'), ('Ida')");
      String ada = clinic.id("party", 1);
      clinic
          .application()
          .together("DELETE FROM party WHERE id = 2", "UPDATE party SET id = 2 WHERE id = 1");
      clinic.captured();
      assertThat(clinic.documents("party")).containsOnlyKeys(ada);
      assertThat(clinic.id("party", 2)).isEqualTo(ada);
    }
  }

  @Test
  void anEmptiedTableIsManyDeletions() {
    try (Clinic clinic = clinic().start()) {
      clinic
          .captured()
          .does("INSERT INTO party (name) SELECT 'p' || n FROM generate_series(1, 1500) n");
      assertThat(clinic.documents("party")).hasSize(1_500);
      clinic
          .application()
          .together("TRUNCATE party CASCADE", "INSERT INTO party (name) VALUES ('Ada')");
      clinic.captured();
      assertThat(clinic.only("party").path("name").stringValue()).isEqualTo("Ada");
    }
  }

  @Test
  void whatHappenedMeanwhileIsTakenInAfterAPause() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')").stop();
      clinic
          .application()
          .run(
              "UPDATE party SET name = 'Ida'",
              "UPDATE party SET name = 'Eda'",
              "INSERT INTO party (name) VALUES ('Oda')");
      clinic.start().captured();
      assertThat(clinic.generation(clinic.id("party", 1))).isEqualTo(3);
      assertThat(clinic.documents("party")).hasSize(2);
      assertThat(clinic.capture().figures().shown().loads()).isEqualTo(1);
    }
  }

  @Test
  void anotherMappingIsTrueOfAllRows() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name, weight) VALUES ('Ada', 60)").stop();
      clinic.mapped("{\"tables\":[{\"name\":\"party\",\"columns\":[\"name\",\"active\"]}]}");
      clinic.start().captured();
      JsonNode party = clinic.only("party");
      assertThat(party.path("active").booleanValue()).isTrue();
      assertThat(party.path("weight").intValue()).isEqualTo(60);
    }
  }

  @Test
  void rowsWithNaturalNamesMeetTheirDocuments() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"country\",\"columns\":[\"code\",\"name\"],"
                + "\"row\":{\"natural\":[\"code\"]}}]}",
            "CREATE TABLE country (id serial PRIMARY KEY, code varchar, name varchar)")) {
      clinic
          .application()
          .run("INSERT INTO country (code, name) VALUES ('JM', 'Jamaica'), ('ES', 'Spain')");
      clinic.start().captured();
      Map<String, JsonNode> found = clinic.documents("country");
      assertThat(found).containsOnlyKeys("country/JM", "country/ES");
      clinic
          .application()
          .together(
              "DELETE FROM country WHERE code = 'JM'",
              "INSERT INTO country (code, name) VALUES ('JM', 'Jamaica')");
      clinic.captured();
      assertThat(clinic.generation("country/JM")).isEqualTo(1);
      assertThat(clinic.id("country", 3)).isEqualTo("country/JM");
    }
  }

  @Test
  void tablesThatBecomeOthersAreNoticedAndCapturedAsFarAsTheyFit() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name, notes) VALUES ('Ada', 'tall')");
      assertThat(clinic.capture().figures().notes().list())
          .containsExactly(
              "table `party` has a column `active` that is not mapped: map it, or name it in"
                  + " `local`");
      clinic.does(
          "ALTER TABLE party ADD COLUMN fax varchar",
          "ALTER TABLE party DROP COLUMN notes",
          "UPDATE party SET name = 'Ida', fax = '1'");
      assertThat(clinic.only("party").path("name").stringValue()).isEqualTo("Ida");
      assertThat(clinic.only("party").path("notes").stringValue()).isEqualTo("tall");
      assertThat(clinic.capture().figures().notes().list())
          .contains(
              "table `party` has no column `notes`: its member `notes` stays in documents as it"
                  + " was",
              "table `party` has a column `fax` that is not mapped: map it, or name it in `local`");
    }
  }

  @Test
  void attachmentsStayWithTheirDocument() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada')");
      String id = clinic.id("party", 1);
      RevId attached = clinic.attaches(id, "photo");
      clinic.application().run("UPDATE skerry.row SET rev = '" + attached + "'");
      clinic.does("UPDATE party SET name = 'Ida'");
      assertThat(clinic.stored(id).revisions().getFirst().attachments())
          .extracting(AttachmentRef::name)
          .containsExactly("photo");
      assertThat(clinic.body(id).path("name").stringValue()).isEqualTo("Ida");
    }
  }

  @Test
  void aRowThatIsHiddenIsADeletedDocumentUntilItIsShownAgain() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"party\",\"columns\":[\"name\"],"
                + "\"deletion\":{\"soft\":{\"column\":\"active\",\"value\":\"false\"}}}]}",
            Clinic.PARTY)) {
      clinic.start().captured().does("INSERT INTO party (name) VALUES ('Ada')");
      String id = clinic.id("party", 1);
      clinic.does("UPDATE party SET active = false", "UPDATE party SET name = 'Ida'");
      assertThat(clinic.documents("party")).isEmpty();
      assertThat(clinic.generation(id)).isEqualTo(2);
      clinic.does("UPDATE party SET active = true");
      assertThat(clinic.body(id).path("name").stringValue()).isEqualTo("Ida");
      assertThat(clinic.generation(id)).isEqualTo(3);
      clinic.does("UPDATE party SET active = false", "DELETE FROM party");
      assertThat(clinic.generation(id)).isEqualTo(4);
    }
  }

  @Test
  void aDatabaseThatWasMadeAnewGetsAllRows() {
    try (Clinic clinic = clinic().start()) {
      clinic.captured().does("INSERT INTO party (name) VALUES ('Ada'), ('Ida')").stop();
      String id = clinic.id("party", 1);
      clinic.databases().drop("clinic");
      clinic.databases().create("clinic");
      clinic.mapped(Clinic.MAPPING).start().captured();
      assertThat(clinic.documents("party")).hasSize(2).containsKey(id);
      clinic.does("UPDATE party SET name = 'Oda' WHERE id = 1");
      assertThat(clinic.versions(id)).hasSize(1);
    }
  }

  @Test
  void rowsAreToldApartByAllColumnsOfTheirKey() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"party\",\"columns\":[\"name\"]},"
                + "{\"name\":\"stay\",\"key\":[\"ward\",\"day\",\"open\",\"party\"],"
                + "\"columns\":[\"ward\",\"day\",\"open\",\"notes\"],"
                + "\"references\":{\"party\":\"party\"}}]}",
            Clinic.PARTY,
            "CREATE TABLE stay (party integer REFERENCES party, ward char(4), day date, open"
                + " boolean, notes text, PRIMARY KEY (party, ward, day, open))")) {
      clinic
          .application()
          .run(
              "INSERT INTO party (name) VALUES ('Ada'), ('Ida')",
              "INSERT INTO stay VALUES (1, 'a,', '2026-01-02', true), (2, 'a,', '2026-01-02',"
                  + " true)");
      clinic.start().captured();
      String ada = stay(clinic, "t,1");
      String ida = stay(clinic, "t,2");
      assertThat(clinic.body(ada).path("party").stringValue()).isEqualTo(clinic.id("party", 1));
      clinic.does(
          "UPDATE stay SET notes = 'well' WHERE party = 2",
          "UPDATE stay SET open = false WHERE party = 1");
      assertThat(stay(clinic, "f,1")).isEqualTo(ada);
      assertThat(clinic.body(ada).path("open").booleanValue()).isFalse();
      assertThat(clinic.body(ida).path("notes").stringValue()).isEqualTo("well");
      clinic
          .application()
          .together(
              "DELETE FROM stay WHERE party = 1",
              "UPDATE stay SET party = 1, open = false WHERE party = 2");
      clinic.captured();
      assertThat(clinic.documents("stay")).containsOnlyKeys(ida);
      assertThat(stay(clinic, "f,1")).isEqualTo(ida);
      // Read as a whole once more, nothing is taken for deleted, and nothing for new.
      clinic.application().run("DELETE FROM skerry.position WHERE reader = 'capture'");
      clinic.stop().start().captured();
      assertThat(clinic.generation(ida)).isEqualTo(3);
      clinic.does("DELETE FROM stay");
      assertThat(clinic.documents("stay")).isEmpty();
    }
  }

  @Test
  void aNewRowMayHaveTheKeyOfOneThatMovedOn() {
    try (Clinic clinic =
        clinic(
            "{\"tables\":[{\"name\":\"line\",\"key\":[\"bill\",\"nr\"],"
                + "\"columns\":[\"bill\",\"nr\",\"item\"]}]}",
            "CREATE TABLE line (bill integer, nr integer, item text, PRIMARY KEY (bill, nr))",
            "INSERT INTO line VALUES (7, 1, 'cup'), (7, 2, 'pan')")) {
      clinic.start().captured();
      Set<String> before = Set.copyOf(clinic.documents("line").keySet());
      clinic
          .application()
          .together(
              "UPDATE line SET nr = 3 WHERE nr = 2",
              "UPDATE line SET nr = 2 WHERE nr = 1",
              "INSERT INTO line VALUES (7, 1, 'pot')");
      clinic.captured();
      clinic.does("UPDATE line SET item = item || 's'");
      Map<String, Boolean> lines = new TreeMap<>();
      for (String id : clinic.documents("line").keySet()) {
        JsonNode body = clinic.body(id);
        lines.put(
            body.path("nr").asInt() + " " + body.path("item").stringValue(), before.contains(id));
      }
      assertThat(lines).isEqualTo(Map.of("1 pots", false, "2 cups", true, "3 pans", true));
      assertThat(
              clinic.application().rows("SELECT id FROM skerry.row WHERE tbl = 'line' ORDER BY id"))
          .containsExactly("7,1", "7,2", "7,3");
    }
  }

  private static String stay(Clinic clinic, String openAndParty) {
    return clinic
        .application()
        .value(
            "SELECT name FROM skerry.row WHERE tbl = 'stay' AND id = '2026-01-02,"
                + openAndParty
                + ",a%2C  '");
  }
}
