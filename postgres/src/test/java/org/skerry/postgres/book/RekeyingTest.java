package org.skerry.postgres.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

class RekeyingTest {
  private static final String IDS = "SELECT name, id FROM skerry.row ORDER BY name";

  private final TestDatabase clinic =
      PostgresServer.shared()
          .database(
              "CREATE TABLE bed (id integer UNIQUE, nr integer UNIQUE, ward text,"
                  + " PRIMARY KEY (ward, nr))",
              "INSERT INTO bed VALUES (1, 2, 'a,b'), (2, 1, 'c')");

  private void known(String key) throws SQLException {
    known(key, "both");
  }

  private void known(String key, String mode) throws SQLException {
    Mapping mapping =
        MappingReader.read(
            new JsonMapper()
                .readTree(
                    "{\"tables\": [{\"name\": \"bed\", \"mode\": \""
                        + mode
                        + "\", \"key\": "
                        + key
                        + "}]}"));
    try (Connection connection = clinic.connect()) {
      Transactions.run(
          connection,
          open -> {
            Installation.make(open);
            Rekeying.run(open, mapping);
            return mapping;
          });
    }
  }

  private void name(String name, String id) {
    clinic.run(
        "INSERT INTO skerry.row VALUES ('" + name + "', 'bed', '" + id + "', NULL, '', true)");
  }

  @Test
  void rowsKeepTheirNamesWhenAMappingNamesAnotherKey() throws SQLException {
    known("\"id\"");
    name("bed/x", "1");
    name("bed/y", "2");
    name("bed/gone", "7");
    known("[\"ward\", \"nr\"]");
    assertThat(clinic.rows(IDS)).containsExactly("bed/gone|\u00027", "bed/x|2,a%2Cb", "bed/y|1,c");
    known("\"nr\"");
    assertThat(clinic.rows(IDS)).contains("bed/x|2", "bed/y|1");
    known("\"id\"");
    assertThat(clinic.rows(IDS)).contains("bed/x|1", "bed/y|2");
  }

  @Test
  void aKeyThatIsGoneFromTheTableLeavesIdsAsTheyAre() throws SQLException {
    known("\"id\"");
    name("bed/x", "1");
    clinic.run("ALTER TABLE bed DROP COLUMN id");
    known("[\"nr\", \"ward\"]");
    assertThat(clinic.rows(IDS)).containsExactly("bed/x|1");
  }

  @Test
  void whereRowsAreNotReadThoseThatAreNotFoundAreMadeAnew() throws SQLException {
    known("\"id\"", "pull");
    name("bed/x", "1");
    name("bed/gone", "7");
    known("[\"nr\", \"ward\"]", "pull");
    assertThat(clinic.rows(IDS)).containsExactly("bed/gone|", "bed/x|2,a%2Cb");
  }

  /** As books were before keys could have several columns. */
  @Test
  void idsOfAKeyThatIsNotNotedAreNotTakenForOthers() throws SQLException {
    known("\"id\"");
    name("bed/x", "1");
    clinic.run("DELETE FROM skerry.position");
    assertThatThrownBy(() -> known("[\"ward\", \"nr\"]"))
        .isInstanceOf(UnusableBookException.class)
        .hasMessageContaining("table bed", "[nr, ward]");
    assertThat(clinic.rows(IDS)).containsExactly("bed/x|1");
    known("\"id\"");
    known("[\"ward\", \"nr\"]");
    assertThat(clinic.rows(IDS)).containsExactly("bed/x|2,a%2Cb");
  }

  @Test
  void aTableThatIsNewInTheBookMayHaveAnyKey() throws SQLException {
    known("\"id\"");
    clinic.run("DELETE FROM skerry.position");
    known("[\"ward\", \"nr\"]");
    assertThat(clinic.rows("SELECT place FROM skerry.position")).containsExactly("nr\"ward");
  }
}
