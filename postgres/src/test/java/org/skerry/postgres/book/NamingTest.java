package org.skerry.postgres.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.revision.RevId;
import tools.jackson.databind.json.JsonMapper;

class NamingTest {
  private static final Mapping MAPPING =
      MappingReader.read(
          new JsonMapper()
              .readTree(
                  """
                  {"tables": [
                    {"name": "party", "columns": ["code"]},
                    {"name": "country", "columns": ["code"], "row": {"natural": ["code"]}},
                    {"name": "category", "columns": ["name"],
                     "references": {"parent": "category"}, "row": {"natural": ["name", "parent"]}},
                    {"name": "lang", "row": {"listed": {"where": {"model": "ir.lang"}}}}]}
                  """));

  private final TestDatabase application =
      PostgresServer.shared()
          .database(
              "CREATE TABLE party (id serial PRIMARY KEY, code varchar)",
              "CREATE TABLE country (id serial PRIMARY KEY, code varchar)",
              "CREATE TABLE category (id serial PRIMARY KEY, name varchar, parent integer)",
              "CREATE TABLE lang (id serial PRIMARY KEY)",
              "CREATE TABLE ir_model_data (module varchar, fs_id varchar, model varchar,"
                  + " db_id integer)");

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    Transactions.run(
        connection,
        open -> {
          Installation.make(open);
          return true;
        });
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Connection connect() throws SQLException {
    return new Access(application.url(), PostgresServer.USER, PostgresServer.PASSWORD).open();
  }

  private Map<RowRef, Entry> name(boolean central, Collection<RowRef> rows) throws SQLException {
    return Transactions.run(
        connection, open -> new Naming(MAPPING, central).name(open, rows, Map.of()));
  }

  private String name(String table, int id) throws SQLException {
    RowRef row = new RowRef(table, "" + id);
    return name(false, List.of(row)).get(row).name();
  }

  private static List<RowRef> rows(String table, int count) {
    List<RowRef> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      rows.add(new RowRef(table, "" + i));
    }
    return rows;
  }

  @Test
  void aRowKeepsItsName() throws SQLException {
    String name = name("party", 1);
    assertThat(name).matches("party/[1-9a-f][0-9a-f]{7}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
    assertThat(name("party", 1)).isEqualTo(name);
  }

  @Test
  void namesThatTheCentreGivesAreTheSmallest() throws SQLException {
    assertThat(name(true, rows("party", 200)).values())
        .allMatch(entry -> entry.name().startsWith("party/0"));
  }

  @Test
  void whoeverNamesAtTheSameTimeGivesTheSameNames() throws Exception {
    try (ExecutorService several = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<RowRef, Entry>>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            several.submit(
                () -> {
                  try (Connection own = connect()) {
                    own.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return Transactions.run(
                        own,
                        open ->
                            new Naming(MAPPING, false).name(open, rows("party", 300), Map.of()));
                  }
                }));
      }
      Set<Map<RowRef, Entry>> different = new HashSet<>();
      for (Future<Map<RowRef, Entry>> one : all) {
        different.add(one.get());
      }
      assertThat(different).hasSize(1);
      assertThat(different.iterator().next()).hasSize(300);
    }
  }

  @Test
  void rowsAreCalledWhatStandsInThem() throws SQLException {
    application.run("INSERT INTO country (code) VALUES ('ES'), ('a,b%'), (''), (NULL), ('ES')");
    assertThat(name("country", 1)).isEqualTo("country/ES");
    assertThat(name("country", 2)).isEqualTo("country/a%2Cb%25");
    assertThat(name("country", 3)).isEqualTo("country/%");
    assertThat(name("country", 4)).hasSize("country/".length() + 36);
    assertThat(name("country", 5)).hasSize("country/".length() + 36);
  }

  @Test
  void aNameStaysWhenItsColumnsChange() throws SQLException {
    application.run("INSERT INTO country (code) VALUES ('ES')");
    name("country", 1);
    application.run("UPDATE country SET code = 'XX'");
    assertThat(name("country", 1)).isEqualTo("country/ES");
  }

  @Test
  void whatIsKnownOfARowIsNotLookedUp() throws SQLException {
    RowRef gone = new RowRef("country", "77");
    Row known = Row.builder().put("code", "KE").build();
    Map<RowRef, Entry> named =
        Transactions.run(
            connection,
            open -> new Naming(MAPPING, false).name(open, List.of(gone), Map.of(gone, known)));
    assertThat(named.get(gone).name()).isEqualTo("country/KE");
  }

  @Test
  void treesAreNamedFromTheirRoots() throws SQLException {
    application.run(
        "INSERT INTO category (name, parent) VALUES ('c', 2), ('b', 3), ('a', NULL), ('loop', 4)");
    Map<RowRef, Entry> named = name(false, rows("category", 2));
    assertThat(named.get(new RowRef("category", "1")).name()).isEqualTo("category/c,b%2Ca%252C");
    assertThat(name("category", 3)).isEqualTo("category/a,");
    assertThat(name("category", 4)).isEqualTo("category/loop,");
  }

  @Test
  void rowsThatCameWithModulesAreCalledAsTheyAreListed() throws SQLException {
    application.run(
        "INSERT INTO ir_model_data VALUES ('ir', 'en', 'ir.lang', 1), ('x', 'y', 'other', 2)");
    assertThat(name("lang", 1)).isEqualTo("lang/ir,en");
    assertThat(name("lang", 2)).hasSize("lang/".length() + 36);
  }

  @Test
  void aDocumentWithoutARowIsGivenOneAgain() throws SQLException {
    RevId rev = RevId.parse("2-00112233445566778899aabbccddeeff");
    Transactions.run(
        connection,
        open -> {
          Book.put(
              open,
              List.of(
                  new Entry(
                      "country", "country/ES", Optional.empty(), Optional.of(rev), "", false)));
          return true;
        });
    application.run("INSERT INTO country (code) VALUES ('ES')");
    RowRef row = new RowRef("country", "1");
    assertThat(name(false, List.of(row)).get(row))
        .isEqualTo(
            new Entry("country", "country/ES", Optional.of("1"), Optional.of(rev), "", true));
  }

  @Test
  void aRowIsOneDocumentAtATime() throws SQLException {
    Entry one = Entry.named("party", "party/a", "1");
    Entry other = Entry.named("party", "party/b", "1");
    Map<String, Entry> found =
        Transactions.run(
            connection,
            open -> {
              Book.put(open, List.of(one));
              Book.put(open, List.of(other));
              return Book.byName(open, List.of("party/a", "party/b"));
            });
    assertThat(found.get("party/a").id()).isEmpty();
    assertThat(found.get("party/b").id()).contains("1");
  }

  @Test
  void aliasesLeadToTheLastOne() throws SQLException {
    Map<String, String> found =
        Transactions.run(
            connection,
            open -> {
              Book.alias(open, "party/c", "party/b");
              Book.alias(open, "party/b", "party/a");
              return Book.aliases(open, List.of("party/b", "party/c", "party/d"));
            });
    assertThat(found).isEqualTo(Map.of("party/b", "party/a", "party/c", "party/a"));
  }

  @Test
  void positionsStayWhereTheyWerePut() throws SQLException {
    Transactions.run(
        connection,
        open -> {
          Positions.put(open, "apply", "1");
          Positions.put(open, "apply", "2");
          return true;
        });
    Optional<String> apply = Transactions.run(connection, open -> Positions.get(open, "apply"));
    Optional<String> nobody = Transactions.run(connection, open -> Positions.get(open, "nobody"));
    assertThat(apply).contains("2");
    assertThat(nobody).isEmpty();
  }

  @Test
  void aBookOfAnotherFormatIsRefusedByName() {
    application.run("UPDATE skerry.format SET version = 99");
    assertThatThrownBy(
            () ->
                Transactions.run(
                    connection,
                    open -> {
                      Installation.make(open);
                      return true;
                    }))
        .isInstanceOf(UnusableBookException.class)
        .hasMessageContaining("format 99");
  }
}
