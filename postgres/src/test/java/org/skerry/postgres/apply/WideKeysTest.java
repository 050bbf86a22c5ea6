package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables whose rows are told apart by several columns. */
class WideKeysTest {
  private static final String MAPPING =
      """
      {"name": "note", "key": ["nr", "line_no", "order_id"],
       "columns": ["nr", "line_no", "text"], "references": {"order_id": "orders"}},
      {"name": "line", "key": ["order_id", "line_no"], "columns": ["line_no", "item"],
       "references": {"order_id": "orders"}, "stamps": {"seen": {"update": "now"}},
       "collisions": [{"columns": ["line_no", "order_id"], "rule": "renumber_local"}]},
      {"name": "enrolled", "key": ["patient", "program"], "columns": ["since"],
       "references": {"patient": "patient", "program": "program"},
       "row": {"natural": ["patient", "program"]}},
      {"name": "patient", "columns": ["name"]},
      {"name": "program", "columns": ["name"]},
      {"name": "orders", "columns": ["title"]},
      {"name": "stay", "key": ["day", "ward", "open", "bed"],
       "columns": ["day", "ward", "open", "bed", "who"],
       "row": {"natural": ["day", "ward", "open", "bed"]}},
      {"name": "event", "key": ["tenant", "id"], "columns": ["tenant", "what"]}
      """;

  private final Shore shore =
      new Shore(
          MAPPING,
          "CREATE TABLE patient (id serial PRIMARY KEY, name text)",
          "CREATE TABLE program (id bigserial PRIMARY KEY, name text)",
          "CREATE TABLE enrolled (patient integer REFERENCES patient ON DELETE CASCADE,"
              + " program bigint REFERENCES program ON DELETE CASCADE, since date,"
              + " PRIMARY KEY (patient, program))",
          "CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text)",
          "CREATE TABLE line (order_id uuid REFERENCES orders, line_no integer, item text,"
              + " seen timestamp, PRIMARY KEY (order_id, line_no))",
          "CREATE TABLE note (order_id uuid, line_no integer, nr integer, text text,"
              + " PRIMARY KEY (order_id, line_no, nr),"
              + " FOREIGN KEY (order_id, line_no) REFERENCES line ON DELETE CASCADE)",
          "CREATE DOMAIN ward AS varchar(20) NOT NULL",
          "CREATE TABLE stay (ward ward, day date, open boolean, bed char(4), who text,"
              + " PRIMARY KEY (ward, day, open, bed))",
          "CREATE TABLE event (tenant text, id serial, what text, PRIMARY KEY (tenant, id))");

  @AfterEach
  void close() throws SQLException {
    shore.close();
  }

  private String book(String name) {
    return shore.application.value("SELECT id FROM skerry.row WHERE name = '" + name + "'");
  }

  @Test
  void aRelationWaitsForItsEndsAndIsNamedByThem() {
    shore.put(
        "enrolled/a,x",
        "{\"patient\":\"patient/a\",\"program\":\"program/x\",\"since\":\"2026-01-02\"}");
    shore.put("patient/a", "{\"name\":\"Ana\"}");
    shore.pass();
    assertThat(shore.waiting()).extracting(Waiting::lacks).asString().contains("program/x");
    shore.put("program/x", "{\"name\":\"TB\"}");
    assertThat(shore.pass().inserted()).isEqualTo(2);
    assertThat(shore.waiting()).isEmpty();
    assertThat(shore.rows("SELECT * FROM enrolled")).containsExactly("1|1|2026-01-02");
    shore.put(
        "enrolled/a,x",
        "{\"patient\":\"patient/a\",\"program\":\"program/x\",\"since\":\"2026-01-03\"}");
    assertThat(shore.pass().updated()).isEqualTo(1);
    shore.delete("program/x");
    shore.pass();
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.REFERENCED);
    shore.delete("enrolled/a,x");
    shore.pass();
    assertThat(shore.rows("SELECT * FROM enrolled")).isEmpty();
  }

  @Test
  void aPairThatIsThereAlreadyIsTheDocument() {
    shore.put("patient/a", "{\"name\":\"Ana\"}");
    shore.put("program/x", "{\"name\":\"TB\"}");
    shore.pass();
    shore.application.run("INSERT INTO enrolled VALUES (1, 1, '2026-01-01')");
    shore.put(
        "enrolled/a,x",
        "{\"patient\":\"patient/a\",\"program\":\"program/x\",\"since\":\"2026-01-02\"}");
    assertThat(shore.pass().updated()).isEqualTo(1);
    assertThat(shore.rows("SELECT * FROM enrolled")).containsExactly("1|1|2026-01-02");
  }

  @Test
  void aDetailChangesItsKeyWithItsDocument() {
    shore.put("orders/o", "{\"title\":\"o\"}");
    shore.put("line/a", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"cup\"}");
    assertThat(shore.pass().inserted()).isEqualTo(2);
    shore.put("line/a", "{\"order_id\":\"orders/o\",\"line_no\":4,\"item\":\"cup\"}");
    assertThat(shore.pass().updated()).isEqualTo(1);
    assertThat(shore.rows("SELECT line_no, item, seen IS NOT NULL FROM line"))
        .containsExactly("4|cup|t");
    assertThat(book("line/a")).isEqualTo("4," + shore.application.value("SELECT id FROM orders"));
    shore.put("line/b", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"pan\"}");
    shore.delete("line/a");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 1, 0, 0));
    assertThat(shore.rows("SELECT line_no, item FROM line")).containsExactly("1|pan");
  }

  @Test
  void whatRefersBySeveralColumnsComesBehindAndKeepsItsRow() {
    shore.put("note/n", "{\"order_id\":\"orders/o\",\"line_no\":1,\"nr\":1,\"text\":\"\\u00fc\"}");
    shore.put("line/a", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"cup\"}");
    shore.put("orders/o", "{\"title\":\"o\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(3, 0, 0, 0, 0));
    shore.delete("line/a");
    shore.pass();
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.REFERENCED);
    assertThat(shore.rows("SELECT nr FROM note")).containsExactly("1");
    shore.delete("note/n");
    shore.pass();
    shore.hurry();
    assertThat(shore.rows("SELECT * FROM line")).isEmpty();
  }

  @Test
  void aNumberThatTwoPlacesGaveIsCountedOnWithinItsOrder() {
    shore.put("orders/o", "{\"title\":\"o\"}");
    shore.put("orders/p", "{\"title\":\"p\"}");
    shore.put("line/p", "{\"order_id\":\"orders/p\",\"line_no\":70,\"item\":\"pot\"}");
    shore.put("line/x", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"cup\"}");
    shore.pass();
    shore.application.run("UPDATE skerry.row SET here = true WHERE name = 'line/x'");
    shore.put("line/a", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"pan\"}");
    shore.pass();
    assertThat(shore.waiting().getFirst().reason()).isEqualTo(Reason.COLLISION);
    assertThat(shore.rows("SELECT line_no, item FROM line ORDER BY 1, 2"))
        .containsExactly("2|cup", "70|pot");
  }

  @Test
  void aNumberByWhichOthersReferIsKeptAndNobodyElseIsKeptBack() {
    shore.put("orders/o", "{\"title\":\"o\"}");
    shore.put("line/x", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"cup\"}");
    shore.put("note/n", "{\"order_id\":\"orders/o\",\"line_no\":1,\"nr\":1,\"text\":\"n\"}");
    shore.pass();
    shore.application.run("UPDATE skerry.row SET here = true WHERE name = 'line/x'");
    shore.put("line/a", "{\"order_id\":\"orders/o\",\"line_no\":1,\"item\":\"pan\"}");
    shore.put("patient/a", "{\"name\":\"Ana\"}");
    assertThat(shore.pass().inserted()).isEqualTo(1);
    assertThat(shore.waiting().getFirst().name()).isEqualTo("line/a");
    assertThat(shore.rows("SELECT item FROM line")).containsExactly("cup");
  }

  @Test
  void keysAreWhatPostgresTakesThemFor() {
    shore.put(
        "stay/s",
        "{\"ward\":\"a,b%\",\"day\":\"20260102\",\"open\":true,\"bed\":\"7\",\"who\":\"Ana\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 0));
    shore.put(
        "stay/s",
        "{\"ward\":\"a,b%\",\"day\":\"2026-01-02\",\"open\":false,\"bed\":\"7\",\"who\":\"Ida\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(0, 1, 0, 0, 0));
    assertThat(book("stay/s")).isEqualTo("7   ,2026-01-02,f,a%2Cb%25");
    shore.put(
        "stay/t",
        "{\"ward\":\"a\",\"day\":\"2026-01-02\",\"open\":false,\"bed\":\"70000\",\"who\":\"Oda\"}");
    assertThat(shore.pass().waiting()).isEqualTo(1);
    assertThat(shore.waiting().getFirst().detail()).contains("too long");
    shore.delete("stay/s");
    shore.pass();
    assertThat(shore.rows("SELECT * FROM stay")).isEmpty();
  }

  @Test
  void aPartThatTheTableGivesByItselfStaysAtHome() {
    shore.put("event/e", "{\"tenant\":\"north\",\"what\":\"flood\"}");
    shore.put("event/f", "{\"what\":\"fire\"}");
    assertThat(shore.pass()).isEqualTo(new Tally(1, 0, 0, 0, 1));
    assertThat(shore.rows("SELECT * FROM event")).containsExactly("north|1|flood");
    assertThat(shore.waiting().getFirst().detail()).contains("says nothing of [tenant]");
  }

  private void line(String name, int number) {
    shore.put(
        name, "{\"order_id\":\"orders/o\",\"line_no\":%d,\"item\":\"cup\"}".formatted(number));
  }

  private List<String> lines() {
    return shore.rows(
        "SELECT l.line_no, b.name FROM line l JOIN skerry.row b ON b.tbl = 'line'"
            + " AND b.id = l.line_no || ',' || l.order_id ORDER BY 1");
  }

  @Test
  void linesThatAreCountedAnewAreNotInEachOthersWay() {
    shore.put("orders/o", "{\"title\":\"o\"}");
    List<String> names = IntStream.range(10, 22).mapToObj(number -> "line/" + number).toList();
    names.forEach(name -> line(name, names.indexOf(name) + 1));
    shore.pass();
    shore.application.run("UPDATE skerry.row SET here = true");
    names.forEach(name -> line(name, names.indexOf(name) + 2));
    line("line/00", 1);
    assertThat(shore.pass()).as("one before all others").isEqualTo(new Tally(1, 12, 0, 0, 0));
    assertThat(lines()).hasSize(13).startsWith("1|line/00", "2|line/10").endsWith("13|line/21");
    names.forEach(name -> line(name, names.indexOf(name) + 1));
    shore.delete("line/00");
    assertThat(shore.pass()).as("without that one").isEqualTo(new Tally(0, 12, 1, 0, 0));
    assertThat(lines()).hasSize(12).startsWith("1|line/10").endsWith("12|line/21");
    shore.delete("line/10");
    line("line/01", 1);
    assertThat(shore.pass()).as("made again").isEqualTo(new Tally(1, 0, 1, 0, 0));
    assertThat(lines()).hasSize(12).startsWith("1|line/01");
    line("line/01", 2);
    line("line/11", 1);
    assertThat(shore.pass()).as("exchanged").isEqualTo(new Tally(0, 0, 0, 0, 2));
    assertThat(lines()).as("nobody yields").startsWith("1|line/01", "2|line/11");
  }
}
