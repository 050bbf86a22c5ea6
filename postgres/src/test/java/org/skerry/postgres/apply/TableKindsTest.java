package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Tables as applications make them. */
class TableKindsTest {
  @Test
  void identitiesAndComputedColumnsAreTheTablesOwn() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"price\", \"gross\"]}",
            "CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " price numeric(10,2), gross numeric GENERATED ALWAYS AS (price * 2) STORED)")) {
      shore.put("item/a", "{\"price\":1.25,\"gross\":99}");
      assertThat(shore.pass().inserted()).isEqualTo(1);
      shore.put("item/a", "{\"price\":1.255,\"gross\":99}");
      assertThat(shore.pass().updated()).isEqualTo(1);
      assertThat(shore.rows("SELECT id, price, gross FROM item")).containsExactly("1|1.26|2.52");
      assertThat(shore.rows("INSERT INTO item (price) VALUES (3) RETURNING id"))
          .containsExactly("2");
    }
  }

  @Test
  void keysMayBeMadeByAnyRule() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"key\": \"nr\", \"columns\": [\"name\"]},{\"name\": \"part\","
                + " \"columns\": [\"name\"], \"references\": {\"of\":\"item\"}}",
            "CREATE TABLE item (nr uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text)",
            "CREATE TABLE part (id serial PRIMARY KEY, name text,"
                + " \"of\" uuid REFERENCES item (nr))")) {
      shore.put("item/a", "{\"name\":\"wheel\"}");
      shore.put("part/b", "{\"name\":\"spoke\",\"of\":\"item/a\"}");
      assertThat(shore.pass().inserted()).isEqualTo(2);
      assertThat(shore.rows("SELECT i.name, p.name FROM part p JOIN item i ON i.nr = p.\"of\""))
          .containsExactly("wheel|spoke");
    }
  }

  @Test
  void aKeyMayBeAMember() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"unit\", \"key\": \"code\", \"columns\": [\"code\", \"name\"],"
                + " \"row\": {\"natural\": [\"code\"]}}",
            "CREATE TABLE unit (code varchar(3) PRIMARY KEY, name varchar)",
            "INSERT INTO unit VALUES ('kg', 'kilo')")) {
      shore.put("unit/kg", "{\"code\":\"kg\",\"name\":\"kilogram\"}");
      shore.put("unit/m", "{\"code\":\"m\",\"name\":\"metre\"}");
      shore.put("unit/long", "{\"code\":\"long\",\"name\":\"too long\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 1, 0, 0, 1));
      assertThat(shore.rows("SELECT * FROM unit ORDER BY code"))
          .containsExactly("kg|kilogram", "m|metre");
      assertThat(shore.waiting().getFirst().detail()).contains("too long");
    }
  }

  @Test
  void whatATextWithALengthCannotHoldIsNotCut() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"a\", \"b\", \"c\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY, a varchar(3), b char(3), c bit(3))")) {
      shore.put("item/1", "{\"a\":\"abcd\"}");
      shore.put("item/2", "{\"b\":\"abcd\"}");
      shore.put("item/3", "{\"c\":\"1011\"}");
      shore.put("item/4", "{\"a\":\"abc\",\"b\":\"ab\",\"c\":\"101\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 3));
      assertThat(shore.rows("SELECT a, b, c FROM item")).containsExactly("abc|ab |101");
    }
  }

  @Test
  void typesOfTheApplicationsOwnAreWritten() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"mood\", \"mail\", \"tags\", \"at\"]}",
            "CREATE TYPE mood AS ENUM ('sad', 'happy')",
            "CREATE DOMAIN mail AS varchar CHECK (value LIKE '%@%')",
            "CREATE TABLE item (id serial PRIMARY KEY, mood mood, mail mail, tags text[],"
                + " at timestamptz)")) {
      shore.put(
          "item/a",
          "{\"mood\":\"happy\",\"mail\":\"a@b\",\"tags\":[\"x\",\"y z\"],"
              + "\"at\":\"2026-03-01T10:00:00Z\"}");
      shore.put("item/b", "{\"mood\":\"bored\"}");
      shore.put("item/c", "{\"mail\":\"nowhere\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 2));
      assertThat(shore.rows("SELECT mood, mail, tags[2], at AT TIME ZONE 'UTC' FROM item"))
          .containsExactly("happy|a@b|y z|2026-03-01 10:00:00");
    }
  }

  @Test
  void namesMayBeWhateverPostgresAllows() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"Strange \\u00f1 Table\", \"type\": \"strange\", \"key\": \"The Key\","
                + " \"columns\": {\"order\": \"order\", \"a'b\": {\"member\": \"x\"}},"
                + " \"stamps\": {\"Created At\": {\"insert\": \"now\"},"
                + " \"by\": {\"insert\": \"O'Brien\"}}}",
            "CREATE TABLE \"Strange ñ Table\" (\"The Key\" serial PRIMARY KEY, \"order\" integer,"
                + " \"a'b\" text, \"Created At\" timestamp, by text)")) {
      shore.put("strange/a", "{\"order\":1,\"x\":\"'; DROP TABLE x; --\"}");
      assertThat(shore.pass().inserted()).isEqualTo(1);
      assertThat(
              shore.rows(
                  "SELECT \"order\", \"a'b\", \"Created At\" IS NOT NULL, by"
                      + " FROM \"Strange ñ Table\""))
          .containsExactly("1|'; DROP TABLE x; --|t|O'Brien");
      shore.delete("strange/a");
      shore.pass();
      assertThat(shore.rows("SELECT * FROM \"Strange ñ Table\"")).isEmpty();
    }
  }

  @Test
  void whatATriggerMakesOfARowIsWhatTheBookSays() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"name\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY, name text)",
            "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF new.name = ''no'' THEN RAISE EXCEPTION ''not so''; END IF;"
                + " new.name := upper(new.name); RETURN new; END'",
            "CREATE TRIGGER loud BEFORE INSERT OR UPDATE ON item"
                + " FOR EACH ROW EXECUTE FUNCTION loud()")) {
      shore.put("item/a", "{\"name\":\"ana\"}");
      shore.put("item/b", "{\"name\":\"ANA\"}");
      shore.put("item/c", "{\"name\":\"no\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(2, 0, 0, 0, 1));
      assertThat(shore.rows("SELECT count(DISTINCT hash) FROM skerry.row WHERE id IS NOT NULL"))
          .containsExactly("1");
      assertThat(shore.waiting().getFirst().detail()).isEqualTo("not so");
    }
  }

  @Test
  void aTableThatIsGoneKeepsOthersFromNothing() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"name\"]},"
                + "{\"name\": \"other\", \"columns\": [\"name\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY, name text)",
            "CREATE TABLE other (id serial PRIMARY KEY, name text)")) {
      shore.put("item/a", "{\"name\":\"a\"}");
      shore.put("other/a", "{\"name\":\"a\"}");
      shore.pass();
      shore.application.run("DROP TABLE other");
      shore.put("item/b", "{\"name\":\"b\"}");
      shore.put("other/b", "{\"name\":\"b\"}");
      assertThat(shore.pass().inserted()).isEqualTo(1);
      assertThat(shore.waiting().getFirst().detail()).contains("there is no table other");
      shore.application.run("CREATE TABLE other (id serial PRIMARY KEY, name text)");
    }
  }

  @Test
  void rowsOfAnotherSchemaAreFound() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"name\"]}], \"schema\": \"shop\", \"comment\": [1",
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.item (id serial PRIMARY KEY, name text)")) {
      shore.put("item/a", "{\"name\":\"a\"}");
      assertThat(shore.pass().inserted()).isEqualTo(1);
      assertThat(shore.rows("SELECT name FROM shop.item")).containsExactly("a");
    }
  }

  @Test
  void whereNobodyListensRowsThatTheApplicationDeletedAreMadeAnew() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"mode\": \"pull\", \"columns\": [\"name\"]},"
                + " {\"name\": \"part\", \"mode\": \"pull\", \"columns\": [\"name\"],"
                + " \"references\": {\"of\": \"item\"}}",
            "CREATE TABLE item (id serial PRIMARY KEY, name text)",
            "CREATE TABLE part (id serial PRIMARY KEY, name text,"
                + " \"of\" integer REFERENCES item ON DELETE CASCADE)")) {
      shore.put("item/a", "{\"name\":\"wheel\"}");
      shore.put("part/b", "{\"name\":\"spoke\",\"of\":\"item/a\"}");
      shore.pass();
      shore.application.run("DELETE FROM item");
      shore.put("item/a", "{\"name\":\"rim\"}");
      shore.put("item/c", "{\"name\":\"hub\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(2, 0, 0, 0, 0));
      shore.put("part/b", "{\"name\":\"nut\",\"of\":\"item/a\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 0));
      assertThat(shore.rows("SELECT i.name, p.name FROM part p JOIN item i ON i.id = p.\"of\""))
          .containsExactly("rim|nut");
      shore.application.run("DELETE FROM part");
      shore.delete("part/b");
      shore.pass();
      assertThat(shore.waiting()).isEmpty();
    }
  }

  @Test
  void whatATriggerSwallowsKeepsNobodyElseBack() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"name\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY, name text)",
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.name = ''no'' THEN RETURN NULL; END IF; RETURN NEW; END'",
            "CREATE TRIGGER swallow BEFORE INSERT OR UPDATE ON item FOR EACH ROW"
                + " EXECUTE FUNCTION swallow()")) {
      shore.put("item/a", "{\"name\":\"yes\"}");
      shore.put("item/b", "{\"name\":\"no\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 1));
      shore.put("item/a", "{\"name\":\"no\"}");
      shore.put("item/b", "{\"name\":\"now\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 1));
      assertThat(shore.rows("SELECT name FROM item ORDER BY id")).containsExactly("yes", "now");
      assertThat(shore.waiting().getFirst().detail()).contains("a trigger of item");
    }
  }

  @Test
  void whatIsCheckedAtTheCommitIsOneRowsFault() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"code\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY,"
                + " code text UNIQUE DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE bill (item integer REFERENCES item DEFERRABLE INITIALLY DEFERRED)")) {
      shore.put("item/a", "{\"code\":\"1\"}");
      shore.put("item/b", "{\"code\":\"1\"}");
      shore.put("item/c", "{\"code\":\"3\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(2, 0, 0, 0, 1));
      assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.COLLISION);
      shore.application.run("INSERT INTO bill SELECT id FROM item WHERE code = '3'");
      shore.delete("item/c");
      shore.put("item/b", "{\"code\":\"2\"}");
      assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 1));
      assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.REFERENCED);
      assertThat(shore.rows("SELECT code FROM item ORDER BY 1")).containsExactly("1", "2", "3");
      shore.put("item/a", "{\"code\":\"2\"}");
      shore.put("item/b", "{\"code\":\"1\"}");
      assertThat(shore.pass().updated()).as("exchanged").isEqualTo(2);
    }
  }

  @Test
  void whoeverRefersByAColumnThatDoesNotTravelIsNotDeletedAlong() throws SQLException {
    try (Shore shore =
        new Shore(
            "{\"name\": \"item\", \"columns\": [\"name\"]},"
                + " {\"name\": \"part\", \"columns\": [\"name\"], \"local\": [\"code\"]}",
            "CREATE TABLE item (id serial PRIMARY KEY, name text, code text UNIQUE)",
            "CREATE TABLE part (id serial PRIMARY KEY, name text,"
                + " code text REFERENCES item (code) ON DELETE CASCADE)")) {
      shore.put("item/a", "{\"name\":\"wheel\"}");
      shore.put("part/b", "{\"name\":\"spoke\"}");
      shore.pass();
      shore.application.run("UPDATE item SET code = 'W1'");
      shore.application.run("UPDATE part SET code = 'W1'");
      shore.delete("item/a");
      shore.pass();
      assertThat(shore.waiting()).extracting(Waiting::reason).containsExactly(Reason.REFERENCED);
      assertThat(shore.rows("SELECT name FROM part")).containsExactly("spoke");
      shore.delete("part/b");
      shore.pass();
      shore.hurry();
      assertThat(shore.rows("SELECT name FROM item")).isEmpty();
    }
  }
}
