package org.skerry.postgres.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.document.Body;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.schema.Shapes;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.testing.Seeded;
import tools.jackson.databind.json.JsonMapper;

/** Values on their way out of PostgreSQL and back into it. */
@ExtendWith(Seeded.class)
class RowsTest {
  private static final Map<String, String> TYPES =
      new LinkedHashMap<>(
          Map.ofEntries(
              Map.entry("i", "integer"),
              Map.entry("l", "bigint"),
              Map.entry("n", "numeric"),
              Map.entry("money", "numeric(12,2)"),
              Map.entry("d", "double precision"),
              Map.entry("b", "boolean"),
              Map.entry("t", "text"),
              Map.entry("c", "char(8)"),
              Map.entry("raw", "bytea"),
              Map.entry("ts", "timestamp"),
              Map.entry("tz", "timestamptz"),
              Map.entry("day", "date"),
              Map.entry("span", "interval"),
              Map.entry("js", "json"),
              Map.entry("jb", "jsonb"),
              Map.entry("u", "uuid"),
              Map.entry("list", "integer[]")));

  private static final Table TABLE =
      MappingReader.read(
              new JsonMapper()
                  .readTree(
                      "{\"tables\": [{\"name\": \"v\", \"columns\": "
                          + TYPES.keySet().stream().map(name -> '"' + name + '"').toList()
                          + "}]}"))
          .tables()
          .getFirst();

  private static TestDatabase values() {
    StringBuilder sql = new StringBuilder("CREATE TABLE v (id serial PRIMARY KEY");
    TYPES.forEach((name, type) -> sql.append(", ").append(name).append(' ').append(type));
    return PostgresServer.shared().database(sql + ")");
  }

  private static Connection open(TestDatabase database) throws SQLException {
    return new Access(database.url(), PostgresServer.USER, PostgresServer.PASSWORD).open();
  }

  private static Row last(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT * FROM v ORDER BY id DESC LIMIT 1")) {
      results.next();
      Row.Builder row = Row.builder();
      for (String name : TYPES.keySet()) {
        row.put(name, results.getString(name));
      }
      return row.build();
    }
  }

  private static void insert(Connection connection, Row row) throws SQLException {
    List<String> names = List.copyOf(TYPES.keySet());
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      texts.add(row.value(name).map(text -> "'" + text.replace("'", "''") + "'").orElse("NULL"));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO v ("
              + String.join(", ", names)
              + ") VALUES ("
              + String.join(", ", texts)
              + ")");
    }
  }

  private static Row read(Shape shape, Body body) {
    return ((RowReader.Reading.Fits)
            new RowReader(TABLE, shape).read(body, name -> Optional.empty()))
        .row();
  }

  @RepeatedTest(3)
  void whatGoesOutComesBackTheSame(SplittableRandom random) throws SQLException {
    TestDatabase database = values();
    try (Connection connection = open(database)) {
      Shape shape = Shapes.read(connection, "public", "v");
      RowWriter writer = new RowWriter(TABLE, shape);
      for (int i = 0; i < 60; i++) {
        insert(connection, SomeRows.next(random));
        Row out = last(connection);
        Rendered rendered = writer.render(out, row -> Optional.empty(), Optional.empty());
        Body body = Body.parse(rendered.body(Optional.empty()).toString());
        insert(connection, read(shape, body));
        Row back = last(connection);
        assertThat(back).isEqualTo(out);
        assertThat(writer.render(back, row -> Optional.empty(), Optional.empty()).hash())
            .isEqualTo(rendered.hash());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          i ; 42 ; 42
          l ; -9007199254740993 ; -9007199254740993
          n ; 1234567890123456789.000100 ; 1234567890123456789.000100
          n ; NaN ; "NaN"
          d ; Infinity ; "Infinity"
          d ; 0.1 ; 0.1
          b ; t ; true
          t ; a"b\\ñ花 ; "a\\"b\\\\ñ花"
          raw ; \\x00ff10 ; "AP8Q"
          ts ; 2026-03-01 12:00:00.25 ; "2026-03-01T12:00:00.25"
          ts ; infinity ; "infinity"
          ts ; 0044-03-15 00:00:00 BC ; "0044-03-15 00:00:00 BC"
          tz ; 2026-03-01 12:00:00.25+02 ; "2026-03-01T10:00:00.25Z"
          tz ; 2026-03-01 00:00:00+05:30 ; "2026-02-28T18:30:00Z"
          tz ; 2026-03-01 12:00:00-03 ; "2026-03-01T15:00:00Z"
          day ; 2026-03-01 ; "2026-03-01"
          js ; {"b": 1.50, "a": [1e2]} ; {"b": 1.50, "a": [1e2]}
          list ; {1,2,NULL} ; [1,2,null]
          """)
  void valuesAreWrittenAsJson(String column, String text, String json) {
    Shape shape =
        new Shape(
            Map.ofEntries(
                Map.entry("i", "int4"),
                Map.entry("l", "int8"),
                Map.entry("n", "numeric"),
                Map.entry("d", "float8"),
                Map.entry("b", "bool"),
                Map.entry("t", "text"),
                Map.entry("raw", "bytea"),
                Map.entry("ts", "timestamp"),
                Map.entry("tz", "timestamptz"),
                Map.entry("day", "date"),
                Map.entry("js", "json"),
                Map.entry("list", "_int4")));
    Row row = Row.builder().put(column, text).build();
    Rendered rendered =
        new RowWriter(TABLE, shape).render(row, none -> Optional.empty(), Optional.empty());
    assertThat(rendered.members().get(column)).isEqualTo(json);
  }

  @Test
  void jsonThatIsSpelledOtherwiseSaysTheSame() {
    Shape shape = new Shape(Map.of("jb", "jsonb"));
    RowWriter writer = new RowWriter(TABLE, shape);
    Rendered one =
        writer.render(
            Row.builder().put("jb", "{\"b\":1.50,\"a\":[1e2]}").build(),
            none -> Optional.empty(),
            Optional.empty());
    Rendered other =
        writer.render(
            Row.builder().put("jb", "{\"a\": [100], \"b\": 1.5}").build(),
            none -> Optional.empty(),
            Optional.empty());
    assertThat(one.hash()).isEqualTo(other.hash());
    assertThat(one.members()).isNotEqualTo(other.members());
  }

  @Test
  void membersOfOthersStayInTheDocument() {
    Shape shape = new Shape(Map.of("i", "int4", "t", "text"));
    Body previous = Body.parse("{\"i\":1,\"more\":{\"x\":1.10},\"t\":\"old\"}");
    Body body =
        new RowWriter(TABLE, shape)
            .render(
                Row.builder().put("i", "2").build(),
                none -> Optional.empty(),
                Optional.of(previous))
            .body(Optional.of(previous));
    assertThat(body.toString()).isEqualTo("{\"i\":2,\"t\":\"old\",\"more\":{\"x\":1.10}}");
  }

  @Test
  void whatCanBeNoValueIsTold() {
    Shape shape = new Shape(Map.of("raw", "bytea", "t", "text"));
    assertThat(
            new RowReader(TABLE, shape)
                .read(Body.parse("{\"raw\":\"%%\",\"t\":\"a\\u0000b\"}"), name -> Optional.empty()))
        .isInstanceOfSatisfying(
            RowReader.Reading.Unfit.class,
            unfit ->
                assertThat(unfit.problems())
                    .containsExactlyInAnyOrder(
                        "member `raw` must be bytes in base64",
                        "member `t` holds the character U+0000, which PostgreSQL cannot keep"));
  }
}
