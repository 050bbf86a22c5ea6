package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables that refer to each other. */
class CircleTest {
  private final Shore shore =
      new Shore(
          """
          {"name": "house", "columns": ["street"], "references": {"owner": "person"}},
          {"name": "person", "columns": ["name"], "references": {"home": "house"},
           "deletion": {"soft": {"column": "active", "value": false}}}
          """,
          "CREATE TABLE house (id serial PRIMARY KEY, street varchar, owner integer)",
          "CREATE TABLE person (id serial PRIMARY KEY, name varchar,"
              + " home integer REFERENCES house (id), active boolean DEFAULT true)",
          "ALTER TABLE house ADD FOREIGN KEY (owner) REFERENCES person (id)");

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  @Test
  void rowsThatReferToEachOtherComeTogether() {
    shore.put("house/h", "{\"street\":\"Hill\",\"owner\":\"person/p\"}");
    shore.put("person/p", "{\"name\":\"Ana\",\"home\":\"house/h\"}");
    shore.pass();
    assertThat(shore.waiting()).isEmpty();
    assertThat(
            shore.rows(
                "SELECT h.street, p.name FROM house h JOIN person p ON p.id = h.owner"
                    + " AND p.home = h.id"))
        .containsExactly("Hill|Ana");
    String hashes = "SELECT count(*) FROM skerry.row WHERE hash <> ''";
    assertThat(shore.rows(hashes)).containsExactly("2");
  }

  @Test
  void aDeletedDocumentMayLeaveARowThatDoesNotCount() {
    shore.put("person/p", "{\"name\":\"Ana\",\"home\":null}");
    shore.put("house/h", "{\"street\":\"Hill\",\"owner\":\"person/p\"}");
    shore.pass();
    shore.delete("person/p");
    shore.pass();
    assertThat(shore.rows("SELECT name, active FROM person")).containsExactly("Ana|f");
    assertThat(shore.waiting()).isEmpty();
  }

  @Test
  void aConflictShowsItsWinner() {
    shore.put("person/p", "{\"name\":\"Ana\"}");
    shore.pass();
    shore.conflict("person/p", "{\"name\":\"Bea\"}", "{\"name\":\"Eva\"}");
    shore.pass();
    assertThat(shore.rows("SELECT name FROM person")).containsExactly(shore.name("person/p"));
  }
}
