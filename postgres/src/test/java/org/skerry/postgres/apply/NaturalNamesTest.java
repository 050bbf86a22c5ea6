package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are known by what stands in them. */
class NaturalNamesTest {
  private static final String MAPPING =
      """
      {"name": "country", "mode": "none", "columns": ["code"], "row": {"natural": ["code"]}},
      {"name": "lang", "mode": "none", "row": {"listed": {"where": {"model": "lang"}}}},
      {"name": "party", "columns": ["name"], "references": {"country": "country", "lang": "lang"}},
      {"name": "category", "columns": ["name"], "references": {"parent": "category"},
       "row": {"natural": ["name", "parent"]}},
      {"name": "member", "references": {"party": "party", "category": "category"},
       "row": {"natural": ["party", "category"]}},
      {"name": "note", "columns": ["text"],
       "references": {"about": {"models": {"m.party": "party", "m.category": "category"}}}}
      """;

  private final Shore shore =
      new Shore(
          MAPPING,
          "CREATE TABLE country (id serial PRIMARY KEY, code varchar)",
          "CREATE TABLE lang (id serial PRIMARY KEY)",
          "CREATE TABLE ir_model_data (module varchar, fs_id varchar, model varchar, db_id"
              + " integer)",
          "CREATE TABLE party (id serial PRIMARY KEY, name varchar,"
              + " country integer REFERENCES country (id), lang integer REFERENCES lang (id))",
          "CREATE TABLE category (id serial PRIMARY KEY, name varchar,"
              + " parent integer REFERENCES category (id))",
          "CREATE TABLE member (id serial PRIMARY KEY, party integer REFERENCES party (id),"
              + " category integer REFERENCES category (id))",
          "CREATE TABLE note (id serial PRIMARY KEY, text varchar, about varchar)",
          "INSERT INTO country (code) VALUES ('AR'), ('ES'), ('KE')",
          "INSERT INTO lang (id) VALUES (40), (41)",
          "INSERT INTO ir_model_data VALUES ('ir', 'en', 'lang', 40), ('ir', 'es', 'lang', 41),"
              + " ('ir', 'es', 'other', 40)");

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  @Test
  void referencesFindRowsByWhatStandsInThem() {
    shore.put("party/a", "{\"name\":\"Ana\",\"country\":\"country/ES\",\"lang\":\"lang/ir,es\"}");
    shore.pass();
    assertThat(shore.rows("SELECT name, country, lang FROM party")).containsExactly("Ana|2|41");
  }

  @Test
  void whatIsNowhereIsWaitedFor() {
    shore.put("party/a", "{\"name\":\"Ana\",\"country\":\"country/XX\"}");
    shore.pass();
    assertThat(shore.waiting().getFirst().lacks()).containsExactly("country/XX");
    shore.application.run("INSERT INTO country (code) VALUES ('XX')");
    shore.hurry();
    assertThat(shore.rows("SELECT country FROM party")).containsExactly("4");
  }

  @Test
  void aRowThatIsThereAlreadyIsTheDocument() {
    shore.application.run("INSERT INTO category (name) VALUES ('Nurse')");
    shore.put("category/Nurse,", "{\"name\":\"Nurse\",\"parent\":null}");
    shore.put("category/Night,Nurse%2C", "{\"name\":\"Night\",\"parent\":\"category/Nurse,\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 1, 0, 0, 0));
    assertThat(shore.rows("SELECT id, name, parent FROM category ORDER BY id"))
        .containsExactly("1|Nurse|", "2|Night|1");
  }

  @Test
  void relationsAreNamedByTheirEnds() {
    shore.put("member/a,Nurse%2C", "{\"party\":\"party/a\",\"category\":\"category/Nurse,\"}");
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.put("category/Nurse,", "{\"name\":\"Nurse\",\"parent\":null}");
    assertThat(shore.pass().inserted()).isEqualTo(3);
    assertThat(shore.rows("SELECT party, category FROM member")).containsExactly("1|1");
  }

  @Test
  void treesComeInAnyOrder() {
    shore.put("category/c", "{\"name\":\"c\",\"parent\":\"category/b\"}");
    shore.put("category/b", "{\"name\":\"b\",\"parent\":\"category/a\"}");
    shore.put("category/a", "{\"name\":\"a\",\"parent\":null}");
    assertThat(shore.pass()).isEqualTo(new Tally(3, 0, 0, 0, 0));
    assertThat(
            shore.rows(
                "SELECT c.name, p.name FROM category c LEFT JOIN category p ON p.id = c.parent"
                    + " ORDER BY c.name"))
        .containsExactly("a|", "b|a", "c|b");
  }

  @Test
  void referencesIntoOneOfSeveralTablesAreWrittenAsTrytonDoes() {
    shore.put("note/1", "{\"text\":\"x\",\"about\":\"party/a\"}");
    shore.put("note/2", "{\"text\":\"y\",\"about\":\"m.party,-1\"}");
    shore.put("party/a", "{\"name\":\"Ana\"}");
    shore.pass();
    assertThat(shore.rows("SELECT text, about FROM note ORDER BY text"))
        .containsExactly("x|m.party,1", "y|m.party,-1");
  }
}
