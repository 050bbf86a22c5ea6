package org.skerry.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tables whose primary keys have several columns. */
class WideKeysTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final TestDatabase clinic =
      PostgresServer.shared()
          .database(
              "CREATE TABLE patient (id serial PRIMARY KEY, name text)",
              "CREATE TABLE program (id serial PRIMARY KEY, name text)",
              "CREATE TABLE enrolled (patient_id integer REFERENCES patient,"
                  + " program_id integer REFERENCES program, PRIMARY KEY (program_id, patient_id))",
              "CREATE TABLE line (patient_id integer REFERENCES patient, line_no integer,"
                  + " item text, PRIMARY KEY (patient_id, line_no))",
              "CREATE TABLE note (patient_id integer, line_no integer, nr integer,"
                  + " PRIMARY KEY (patient_id, line_no, nr),"
                  + " FOREIGN KEY (patient_id, line_no) REFERENCES line)",
              "CREATE TABLE price (item text, day date, price numeric, PRIMARY KEY (item, day))",
              "CREATE TABLE event (tenant text, id serial, PRIMARY KEY (tenant, id))",
              "CREATE TABLE echo (id serial PRIMARY KEY, tenant text, event integer,"
                  + " FOREIGN KEY (tenant, event) REFERENCES event)",
              "CREATE TABLE bound (tenant text, event integer NOT NULL, nr integer PRIMARY KEY,"
                  + " FOREIGN KEY (tenant, event) REFERENCES event)");

  private ObjectNode mapping() throws SQLException {
    try (Connection connection = clinic.connect()) {
      return Inspect.mapping(connection, "public", table -> true);
    }
  }

  private List<String> check(JsonNode mapping) throws SQLException {
    return check(mapping, true);
  }

  private List<String> check(JsonNode mapping, boolean logical) throws SQLException {
    try (Connection connection = clinic.connect()) {
      return Check.run(connection, MappingReader.read(mapping), logical).stream()
          .map(Finding::toString)
          .filter(line -> !line.contains("max_slot_wal_keep_size"))
          .toList();
    }
  }

  private List<String> check(String tables) throws SQLException {
    return check(MAPPER.readTree("{\"tables\": [" + tables + "]}"));
  }

  private static String table(ObjectNode mapping, String name) {
    ObjectNode table =
        (ObjectNode)
            mapping
                .path("tables")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    table.remove("mode");
    return table.toString().replace('"', '\'');
  }

  @Test
  void theFirstMappingSaysWhatSuchKeysProbablyMean() throws SQLException {
    ObjectNode mapping = mapping();
    assertThat(check(mapping)).noneMatch(line -> line.startsWith("fault"));
    assertThat(table(mapping, "enrolled"))
        .isEqualTo(
            "{'name':'enrolled','key':['program_id','patient_id'],"
                + "'row':{'natural':['patient_id','program_id']},"
                + "'references':{'patient_id':'patient','program_id':'program'}}");
    assertThat(table(mapping, "line"))
        .isEqualTo(
            "{'name':'line','key':['patient_id','line_no'],'row':'uuid',"
                + "'columns':{'line_no':'line_no','item':'item'},"
                + "'references':{'patient_id':'patient'},"
                + "'collisions':[{'columns':['line_no','patient_id'],'rule':'renumber_local'}]}");
    assertThat(table(mapping, "note"))
        .contains("'references':{'patient_id':'patient'}")
        .contains("'collisions':[{'columns':['nr','patient_id','line_no']");
    assertThat(table(mapping, "price")).contains("'row':{'natural':['day','item']}");
    assertThat(table(mapping, "event"))
        .isEqualTo(
            "{'name':'event','key':['tenant','id'],'row':'uuid','columns':{'tenant':'tenant'}}");
    assertThat(table(mapping, "echo"))
        .contains("'local':['event']", "[event] mean rows by numbers");
    assertThat(mapping.path("comment").stringValue()).endsWith("mean nothing elsewhere: bound");
  }

  @Test
  void aMappingThatNamesAnotherKeyIsToldAll() throws SQLException {
    String all = "; name all columns of the primary key: \"key\": [\"patient_id\", \"line_no\"]";
    assertThat(check("{\"name\": \"line\", \"columns\": [\"item\"]}"))
        .contains("fault: line.id: is to be the key, and there is no such column" + all);
    assertThat(check("{\"name\": \"line\", \"key\": \"line_no\", \"mode\": \"push\"}"))
        .contains(
            "fault: line.line_no: is to be the key, and is not unique: the primary key is"
                + " [patient_id, line_no]"
                + all);
    clinic.run("CREATE TABLE pair (a integer, b integer, UNIQUE (b, a))");
    assertThat(check("{\"name\": \"pair\", \"key\": [\"a\", \"b\"], \"mode\": \"push\"}"))
        .contains(
            "fault: pair.a: is part of the key, and may be NULL: then nothing tells rows apart");
  }

  @Test
  void partsOfKeysThatWouldMeanNothingElsewhereAreFaults() throws SQLException {
    String parents =
        "{\"name\": \"patient\", \"columns\": [\"name\"]}, {\"name\": \"line\","
            + " \"key\": [\"patient_id\", \"line_no\"], \"columns\": [\"line_no\", \"item\"],"
            + " \"references\": {\"patient_id\": \"patient\"}},"
            + " {\"name\": \"event\", \"key\": [\"tenant\", \"id\"], \"columns\": [\"tenant\"]}, ";
    assertThat(
            check(
                parents
                    + "{\"name\": \"note\", \"key\": [\"patient_id\", \"line_no\", \"nr\"],"
                    + " \"columns\": [\"patient_id\", \"line_no\", \"nr\"]},"
                    + " {\"name\": \"echo\", \"columns\": [\"tenant\", \"event\"]}"))
        .contains(
            "fault: note.patient_id: is part of a foreign key of line, whose `patient_id` refers to"
                + " patient, and mapped as a value: local ids mean nothing elsewhere; map it under"
                + " `references` to patient",
            "fault: echo.event: is part of a foreign key of event, whose `id` does not travel: as a"
                + " value it means nothing elsewhere; map it there, too, or leave it out",
            "note:  line: has no rule for collisions of its key [line_no, patient_id]: documents"
                + " that collide wait for a person");
  }

  @Test
  void equalKeysThatAreSpelledInTwoWaysAreNoted() throws SQLException {
    clinic.run("CREATE TABLE dose (drug text, amount numeric, PRIMARY KEY (drug, amount))");
    assertThat(
            check(
                "{\"name\": \"dose\", \"key\": [\"drug\", \"amount\"],"
                    + " \"columns\": [\"drug\", \"amount\"]}"))
        .contains(
            "note:  dose.amount: is the key, or part of it, and of type numeric: values that are"
                + " equal there and spelled in two ways are two keys here");
  }

  @Test
  void aKeyThatIsDeferrableNeedsTheWholeRowInTheLog() throws SQLException {
    clinic.run("CREATE TABLE berth (nr integer PRIMARY KEY DEFERRABLE, who text)");
    String mapping = "{\"name\": \"berth\", \"key\": \"nr\", \"mode\": \"push\"}";
    assertThat(check(mapping))
        .anyMatch(line -> line.startsWith("fault: berth: has nothing by which PostgreSQL's log"))
        .anyMatch(line -> line.endsWith("give it a primary key that is not deferrable"));
    assertThat(check(MAPPER.readTree("{\"tables\": [" + mapping + "]}"), false))
        .anyMatch(line -> line.startsWith("note:  berth: has a key that is deferrable, and the"));
    clinic.run("ALTER TABLE berth REPLICA IDENTITY FULL");
    assertThat(check(mapping)).noneMatch(line -> line.startsWith("fault"));
  }

  @Test
  void whatTheLogDoesNotTellOfAKeyIsAFault() throws SQLException {
    clinic.run("CREATE TABLE seat (a integer NOT NULL, b integer PRIMARY KEY, UNIQUE (a, b))");
    assertThat(check("{\"name\": \"seat\", \"key\": [\"a\", \"b\"], \"mode\": \"push\"}"))
        .anyMatch(line -> line.startsWith("fault: seat.a: is to be part of the key, and Postgre"));
  }
}
