package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.AttachmentRef;
import org.skerry.postgres.capture.Gate;

/** A row that was made at one place while the one that it refers to was deleted at another. */
class OrphansTest {
  private static Shore shore(String rule) {
    return new Shore(
        "{\"name\": \"party\", \"columns\": [\"name\"]},{\"name\": \"address\","
            + " \"columns\": [\"city\"], \"references\": {\"party\":\"party\"}"
            + rule
            + "}",
        "CREATE TABLE party (id serial PRIMARY KEY, name text)",
        "CREATE TABLE address (id serial PRIMARY KEY, city text, party integer REFERENCES party)");
  }

  /** Ana was deleted here; somebody who did not know gave her an address. */
  private static Shore deleted(String rule) {
    Shore shore = shore(rule);
    shore.put("party/ana", "{\"name\":\"Ana\"}");
    shore.put("party/ida", "{\"name\":\"Ida\"}");
    shore.pass();
    shore.delete("party/ana");
    shore.pass();
    shore.put("address/a", "{\"city\":\"Port Maria\",\"party\":\"party/ana\"}");
    return shore;
  }

  @Test
  void withoutARuleItWaits() throws SQLException {
    try (Shore shore = deleted("")) {
      assertThat(shore.pass()).isEqualTo(new Tally(0, 0, 0, 0, 1));
      assertThat(shore.isDeleted("party/ana")).isTrue();
      assertThat(shore.waiting()).extracting(Waiting::reason).containsExactly(Reason.PARENT);
    }
  }

  @Test
  void whatItRefersToIsRestored() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"restore\"")) {
      shore.pass();
      shore.pass();
      assertThat(shore.name("party/ana")).isEqualTo("Ana");
      assertThat(
              shore.rows(
                  "SELECT p.name, a.city FROM party p LEFT JOIN address a ON a.party = p.id"
                      + " ORDER BY p.name"))
          .containsExactly("Ana|Port Maria", "Ida|");
      assertThat(shore.waiting()).isEmpty();
    }
  }

  @Test
  void everyPlaceRestoresTheSameRevision() throws SQLException {
    try (Shore here = deleted(", \"orphans\": \"restore\"");
        Shore there = deleted(", \"orphans\": \"restore\"")) {
      here.pass();
      there.pass();
      assertThat(here.put("party/ana", "{\"name\":\"Eda\"}"))
          .isEqualTo(there.put("party/ana", "{\"name\":\"Eda\"}"));
    }
  }

  @Test
  void itIsDeletedToo() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"delete\"")) {
      shore.pass();
      shore.pass();
      assertThat(shore.isDeleted("address/a")).isTrue();
      assertThat(shore.rows("SELECT name FROM party")).containsExactly("Ida");
      assertThat(shore.waiting()).isEmpty();
    }
  }

  /** Two versions, of which one can do without the party that was deleted. */
  @ParameterizedTest
  @ValueSource(strings = {"restore", "delete"})
  void anOpenConflictLosesNoSide(String rule) throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"" + rule + "\"")) {
      shore.conflict(
          "address/a",
          "{\"city\":\"Kisumu\",\"party\":\"party/ida\"}",
          "{\"city\":\"Aden\",\"party\":\"party/ida\"}");
      shore.put("address/a", "{\"city\":\"Belize\",\"party\":\"party/ana\"}");
      shore.pass();
      shore.pass();
      assertThat(shore.versions("address/a")).isEqualTo(2);
      assertThat(shore.isDeleted("party/ana")).isTrue();
      assertThat(shore.waiting()).extracting(Waiting::reason).containsExactly(Reason.PARENT);
    }
  }

  @Test
  void versionsThatAllReferToWhatIsGoneGoTogether() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"delete\"")) {
      shore.conflict(
          "address/a",
          "{\"city\":\"Kisumu\",\"party\":\"party/ana\"}",
          "{\"city\":\"Aden\",\"party\":\"party/ana\"}");
      shore.pass();
      shore.pass();
      assertThat(shore.versions("address/a")).isZero();
      assertThat(shore.waiting()).isEmpty();
    }
  }

  /** It was changed since it was tried as a row. */
  @ParameterizedTest
  @ValueSource(strings = {"restore", "delete"})
  void anEditThatRefersToAnotherIsNoOrphan(String rule) throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"" + rule + "\"")) {
      shore.put("address/a", "{\"city\":\"Belize\",\"party\":\"party/ida\"}");
      new OrphanRules(shore.database, shore.satellite.mapping())
          .run(Map.of("address/a", Set.of("party/ana")));
      assertThat(shore.isDeleted("address/a")).isFalse();
      assertThat(shore.isDeleted("party/ana")).isTrue();
    }
  }

  @Test
  void whatComesBackHasItsAttachments() throws SQLException {
    try (Shore shore = shore(", \"orphans\": \"restore\"")) {
      shore.attach("party/ana", "{\"name\":\"Ana\"}", "photo");
      List<AttachmentRef> before = shore.attachments("party/ana");
      shore.pass();
      shore.delete("party/ana");
      shore.pass();
      shore.put("address/a", "{\"city\":\"Port Maria\",\"party\":\"party/ana\"}");
      shore.pass();
      shore.pass();
      assertThat(shore.isDeleted("party/ana")).isFalse();
      assertThat(shore.attachments("party/ana")).isEqualTo(before).isNotEmpty();
      assertThat(shore.rows("SELECT city FROM address")).containsExactly("Port Maria");
    }
  }

  @Test
  void whatMayNotComeBackIsTold() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"restore\"")) {
      shore.forbid("party/ana", "she left");
      shore.pass();
      assertThat(shore.waiting())
          .extracting(Waiting::detail)
          .containsExactly("party/ana does not come back: forbidden: she left");
    }
  }

  @Test
  void whatNobodyKnowsAnyMoreIsTold() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"restore\"")) {
      shore.database.store().compact((done, total) -> true);
      shore.pass();
      assertThat(shore.waiting())
          .extracting(Waiting::detail)
          .containsExactly("party/ana does not come back: what it said is not known here any more");
    }
  }

  @Test
  void whatMayNotBeDeletedIsTold() throws SQLException {
    try (Shore shore = deleted(", \"orphans\": \"delete\"")) {
      shore.forbid("address/a", "addresses are kept");
      shore.pass();
      assertThat(shore.isDeleted("address/a")).isFalse();
      assertThat(shore.waiting())
          .extracting(Waiting::detail)
          .containsExactly("it is not deleted as what it refers to: forbidden: addresses are kept");
    }
  }

  /** As through Tryton's RPC. */
  @Test
  void refusalsAreToldOfTablesBehindADoor() throws Exception {
    try (Shore shore =
        new Shore(
            "{\"name\": \"party\", \"columns\": [\"name\"]},{\"name\": \"address\","
                + " \"references\": {\"party\":\"party\"}, \"orphans\": \"delete\","
                + " \"via\": {\"rpc\": \"party.address\"}}",
            "\"rpc\": {\"url\": \"http://127.0.0.1:1/clinic/\", \"user\": \"skerry\","
                + " \"password\": \"secret\"},",
            new String[] {
              "CREATE TABLE party (id serial PRIMARY KEY, name text)",
              "CREATE TABLE address (id serial PRIMARY KEY, party integer REFERENCES party)"
            })) {
      shore.put("party/ana", "{\"name\":\"Ana\"}");
      shore.delete("party/ana");
      shore.put("address/a", "{\"party\":\"party/ana\"}");
      shore.forbid("address/a", "addresses are kept");
      Door door =
          (connection, documents, gate) ->
              Map.of("address/a", new Door.Outcome.Lacks(Set.of("party/ana")));
      new Apply(shore.satellite, shore.database, Gate.OPEN, Optional.of(door))
          .pass(shore.connection);
      assertThat(shore.waiting())
          .extracting(Waiting::detail)
          .containsExactly("it is not deleted as what it refers to: forbidden: addresses are kept");
    }
  }

  /** The row of a party that is deleted stays and is inactive; here it never was a row. */
  @ParameterizedTest
  @ValueSource(strings = {"restore", "delete"})
  void whoseRowsStayWhenTheyAreDeletedLeaveNoOrphans(String rule) throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"party\", \"columns\": [\"name\"],"
                + " \"deletion\": {\"soft\": {\"column\": \"active\", \"value\": \"false\"}}},"
                + "{\"name\": \"address\", \"columns\": [\"city\"],"
                + " \"references\": {\"party\": \"party\"}, \"orphans\": \""
                + rule
                + "\"}",
            "CREATE TABLE party (id serial PRIMARY KEY, name text, active boolean DEFAULT true)",
            "CREATE TABLE address (id serial PRIMARY KEY, city text,"
                + " party integer REFERENCES party)")) {
      shore.put("party/ana", "{\"name\":\"Ana\"}");
      shore.put("address/a", "{\"city\":\"Port Maria\",\"party\":\"party/ana\"}");
      shore.delete("party/ana");
      shore.pass();
      shore.pass();
      assertThat(shore.isDeleted("address/a")).isFalse();
      assertThat(shore.isDeleted("party/ana")).isTrue();
      assertThat(shore.waiting()).extracting(Waiting::reason).containsExactly(Reason.PARENT);
    }
  }

  @Test
  void whatHasNotComeYetIsWaitedFor() throws SQLException {
    try (Shore shore = shore(", \"orphans\": \"delete\"")) {
      shore.put("address/a", "{\"city\":\"Port Maria\",\"party\":\"party/eda\"}");
      shore.pass();
      assertThat(shore.isDeleted("address/a")).isFalse();
      shore.put("party/eda", "{\"name\":\"Eda\"}");
      shore.pass();
      assertThat(shore.rows("SELECT city FROM address")).containsExactly("Port Maria");
    }
  }

  @Test
  void aDeletionThatOthersStandInTheWayOfIsNoReason() throws SQLException {
    try (Shore shore = shore(", \"orphans\": \"restore\"")) {
      shore.put("party/ana", "{\"name\":\"Ana\"}");
      shore.put("address/a", "{\"city\":\"Port Maria\",\"party\":\"party/ana\"}");
      shore.pass();
      shore.delete("party/ana");
      shore.pass();
      assertThat(shore.isDeleted("party/ana")).isTrue();
      assertThat(shore.waiting()).extracting(Waiting::reason).containsExactly(Reason.REFERENCED);
      shore.delete("address/a");
      shore.pass();
      shore.hurry();
      assertThat(shore.rows("SELECT name FROM party")).isEmpty();
    }
  }
}
