package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.PurgeRequest;

class ApplyTest {
  private static final String PARTY =
      """
      {"name": "party", "columns": ["code", "name", "active", "weight"],
       "stamps": {"create_date": {"insert": "now"}, "write_date": {"update": "now"},
         "create_uid": {"insert": 7}}}
      """;

  private static final String ADDRESS =
      """
      {"name": "address", "columns": ["city"], "references": {"party": "party"}}
      """;

  private static final String[] TABLES = {
    "CREATE TABLE party (id serial PRIMARY KEY, code varchar UNIQUE, name varchar NOT NULL,"
        + " active boolean DEFAULT false, weight numeric, create_date timestamp(6),"
        + " write_date timestamp(6), create_uid integer)",
    "CREATE TABLE address (id serial PRIMARY KEY, city varchar,"
        + " party integer NOT NULL REFERENCES party (id))",
  };

  private Shore shore = new Shore(PARTY + "," + ADDRESS, TABLES);

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  @Test
  void documentsBecomeRowsWithKeysOfTheTablesOwn() {
    shore.put("party/a", "{\"code\":\"1\",\"name\":\"Ana\",\"active\":true,\"weight\":70.10}");
    shore.put("party/b", "{\"code\":\"2\",\"name\":\"Bea\",\"active\":false,\"weight\":null}");
    assertThat(shore.pass()).isEqualTo(new Tally(2, 0, 0, 0, 0));
    assertThat(shore.rows("SELECT id, code, name, active, weight FROM party ORDER BY code"))
        .containsExactly("1|1|Ana|t|70.10", "2|2|Bea|f|");
    assertThat(shore.rows("INSERT INTO party (name) VALUES ('own') RETURNING id"))
        .containsExactly("3");
  }

  @Test
  void rowsAreStampedAsTheApplicationExpects() {
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.pass();
    assertThat(
            shore.rows("SELECT create_date IS NOT NULL, write_date IS NULL, create_uid FROM party"))
        .containsExactly("t|t|7");
    shore.put("party/a", "{\"name\":\"Ana María\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(0, 1, 0, 0, 0));
    assertThat(shore.rows("SELECT name, write_date IS NOT NULL FROM party"))
        .containsExactly("Ana María|t");
  }

  @Test
  void whatARowShowsIsNotWrittenAgain() {
    RevId rev = shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.pass();
    assertThat(shore.rows("SELECT name, tbl, id, rev FROM skerry.row"))
        .containsExactly("party/a|party|1|" + rev);
    assertThat(shore.pass()).isEqualTo(Tally.NONE);
    Apply anew =
        new Apply(
            shore.satellite,
            shore.database,
            org.skerry.postgres.capture.Gate.OPEN,
            java.util.Optional.empty());
    assertThat(passOf(anew).inserted()).isZero();
  }

  private Tally passOf(Apply apply) {
    try {
      return apply.pass(shore.connection).tally();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void membersThatADocumentDoesNotHaveStayAsTheyAre() {
    shore.put("party/a", "{\"name\":\"Ana\",\"code\":\"1\"}");
    shore.pass();
    shore.put("party/a", "{\"name\":\"Eva\"}");
    shore.pass();
    assertThat(shore.rows("SELECT code, name FROM party")).containsExactly("1|Eva");
  }

  @Test
  void deletedDocumentsLeaveNoRows() {
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    shore.pass();
    shore.delete("party/a");
    shore.delete("address/x");
    assertThat(shore.pass().deleted()).isEqualTo(2);
    assertThat(shore.rows("SELECT id FROM party")).isEmpty();
    shore.put("party/a", "{\"name\":\"Ana again\"}");
    shore.pass();
    assertThat(shore.rows("SELECT id, name FROM party")).containsExactly("2|Ana again");
  }

  @Test
  void childrenWaitForTheirParents() {
    shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(0, 0, 0, 0, 1));
    assertThat(shore.waiting())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.reason()).isEqualTo(Reason.PARENT);
              assertThat(one.lacks()).containsExactly("party/a");
            });
    shore.put("party/a", "{\"name\":\"Ana\"}");
    assertThat(shore.pass().inserted()).isEqualTo(2);
    assertThat(shore.waiting()).isEmpty();
    assertThat(shore.rows("SELECT p.name, a.city FROM address a JOIN party p ON p.id = a.party"))
        .containsExactly("Ana|Kisumu");
  }

  @Test
  void parentsComeFirstInWhateverOrderTheyWereWritten() {
    shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    shore.put("party/a", "{\"name\":\"Ana\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(2, 0, 0, 0, 0));
  }

  @Test
  void aParentThatIsNeededStaysUntilItsChildrenAreGone() {
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    shore.pass();
    shore.delete("party/a");
    assertThat(shore.pass().waiting()).isEqualTo(1);
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.REFERENCED);
    shore.delete("address/x");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT id FROM party")).isEmpty();
    assertThat(shore.waiting()).isEmpty();
  }

  @Test
  void aDeletionTakesNothingElseWithIt() {
    shore.application.run(
        "CREATE TABLE phone (id serial PRIMARY KEY,"
            + " party integer REFERENCES party (id) ON DELETE CASCADE)",
        "ALTER TABLE address DROP CONSTRAINT address_party_fkey",
        "ALTER TABLE address ADD FOREIGN KEY (party) REFERENCES party (id) ON DELETE CASCADE");
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    shore.pass();
    shore.application.run("INSERT INTO phone (party) VALUES (1)");
    shore.delete("party/a");
    shore.pass();
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.REFERENCED);
    assertThat(shore.rows("SELECT city FROM address")).containsExactly("Kisumu");
    shore.delete("address/x");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT id FROM party UNION ALL SELECT id FROM phone")).isEmpty();
  }

  @Test
  void oneDocumentThatIsRefusedKeepsNoOtherBack() {
    for (int i = 0; i < 20; i++) {
      shore.put("party/p" + i, "{\"name\":\"P" + i + "\"}");
    }
    shore.put("party/bad", "{\"name\":null}");
    shore.put("party/odd", "{\"name\":\"x\",\"weight\":\"heavy\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(20, 0, 0, 0, 2));
    assertThat(shore.waiting()).extracting(Waiting::reason).containsOnly(Reason.UNFIT);
    assertThat(shore.waiting()).noneMatch(one -> one.detail().contains("P1"));
    shore.put("party/bad", "{\"name\":\"good\"}");
    assertThat(shore.pass().inserted()).isEqualTo(1);
    assertThat(shore.waiting()).hasSize(1);
  }

  @Test
  void aColumnThatIsGoneIsDoneWithout() {
    shore.put("party/a", "{\"name\":\"Ana\",\"weight\":1}");
    shore.pass();
    shore.application.run("ALTER TABLE party DROP COLUMN weight");
    shore.put("party/a", "{\"name\":\"Eva\",\"weight\":2}");
    shore.put("party/b", "{\"name\":\"Bea\",\"weight\":2}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 1, 0, 0, 0));
    assertThat(shore.rows("SELECT name FROM party ORDER BY id")).containsExactly("Eva", "Bea");
  }

  @Test
  void largeDocumentsComeInSeveralTransactions() {
    String large = "x".repeat(3_000_000);
    for (int i = 0; i < 13; i++) {
      shore.put("party/p" + i, "{\"name\":\"" + large + "\"}");
      shore.put("address/a" + i, "{\"city\":\"C\",\"party\":\"party/p" + i + "\"}");
    }
    assertThat(shore.pass()).isEqualTo(new Tally(26, 0, 0, 0, 0));
    assertThat(shore.rows("SELECT count(DISTINCT xmin::text) FROM party")).containsExactly("2");
  }

  @Test
  void nobodyWaitsForWhatIsNoMore() {
    RevId rev = shore.put("address/x", "{\"city\":\"Kisumu\",\"party\":\"party/a\"}");
    shore.pass();
    shore.database.store().purge(List.of(new PurgeRequest(DocId.of("address/x"), List.of(rev))));
    shore.hurry();
    assertThat(shore.waiting()).isEmpty();
  }

  @Test
  void documentsOfNoTableArePassedOver() {
    shore.put("Patient/1", "{\"resourceType\":\"Patient\"}");
    shore.put("loose", "{}");
    assertThat(shore.pass()).isEqualTo(Tally.NONE);
  }
}
