package org.skerry.postgres.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.mapping.Kind;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.testing.Seeded;

/** Arrays as PostgreSQL spells them, which reads again what becomes of them. */
@ExtendWith(Seeded.class)
class ArraysTest {
  private static final TestDatabase DATABASE = PostgresServer.shared().database();

  private static Connection open() throws SQLException {
    return new Access(DATABASE.url(), PostgresServer.USER, PostgresServer.PASSWORD).open();
  }

  /** As PostgreSQL spells an array. */
  private static String spelled(Connection connection, String type, Object array)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ?::pg_catalog.\"" + type + "\"::text")) {
      statement.setObject(1, array);
      try (ResultSet results = statement.executeQuery()) {
        results.next();
        return results.getString(1);
      }
    }
  }

  private static String json(String type, String text) {
    return Values.json(Values.kind(type), type, text);
  }

  private static String text(String type, String json) {
    return Values.text(Values.kind(type), type, json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "_int4 ; {} ; []",
        "_int4 ; {1,-2,NULL} ; [1,-2,null]",
        "_int4 ; {{1,2},{3,NULL}} ; [[1,2],[3,null]]",
        "_int4 ; {{{1}},{{2}}} ; [[[1]],[[2]]]",
        "_numeric ; {1.50,12345678901234567890.000000001,NaN} ;"
            + " [1.50,12345678901234567890.000000001,\"NaN\"]",
        "_float8 ; {1e+30,Infinity} ; [1e+30,\"Infinity\"]",
        "_bool ; {t,f,NULL} ; [true,false,null]",
        "_text ; {a,\"b,c\",\"\",\"NULL\",NULL,\"d \\\"e\\\\\"} ;"
            + " [\"a\",\"b,c\",\"\",\"NULL\",null,\"d \\\"e\\\\\"]",
        "_varchar ; {\"{1}\",ñ} ; [\"{1}\",\"ñ\"]",
        "_bytea ; {\"\\\\x00ff\"} ; [\"AP8=\"]",
        "_timestamp ; {\"2026-03-01 12:00:00.25\"} ; [\"2026-03-01T12:00:00.25\"]",
        "_timestamptz ; {\"2026-03-01 12:00:00+00\"} ; [\"2026-03-01T12:00:00Z\"]",
        "_interval ; {P1DT2H} ; [\"P1DT2H\"]",
        "_uuid ; {6f0c2b8e-0000-4000-8000-000000000001} ;"
            + " [\"6f0c2b8e-0000-4000-8000-000000000001\"]",
        "_jsonb ; {\"{\\\"a\\\": [1.50]}\",\"[1, 2]\",NULL} ; [{\"a\": [1.50]},[1, 2],null]",
        "_int4 ; [0:1]={1,2} ; \"[0:1]={1,2}\"",
        "_jsonb ; {\"null\"} ; \"{\\\"null\\\"}\"",
        "_jsonb ; {{1},{2}} ; \"{{1},{2}}\"",
        "_box ; {(1,1),(0,0)} ; \"{(1,1),(0,0)}\""
      })
  void anArrayIsAList(String type, String array, String json) throws SQLException {
    try (Connection connection = open()) {
      assertThat(spelled(connection, type, array)).isEqualTo(array);
      assertThat(json(type, array)).isEqualTo(json);
      assertThat(spelled(connection, type, text(type, json))).isEqualTo(array);
    }
  }

  @Test
  void whatIsNoArrayStaysAText() {
    for (String text : new String[] {"", "{", "{1", "{1,", "{1,}", "{\"a", "{1}x", "x", "{,}"}) {
      assertThat(json("_text", text)).isEqualTo(Values.quoted(text));
    }
    assertThat(Values.json(Kind.ARRAY, "text", "{1}")).isEqualTo("\"{1}\"");
    assertThat(Values.text(Kind.ARRAY, "text", "[1]")).isEqualTo("[1]");
  }

  @Test
  void listsMayBeWrittenWithSpacesAndNotBeNestedForEver() {
    assertThat(text("_int4", "[ 1 , null ,[ ] ]")).isEqualTo("{\"1\",NULL,{}}");
    assertThat(text("_int4", "[[[[[[1]]]]]]")).isEqualTo("{{{{{{\"1\"}}}}}}");
    assertThatThrownBy(() -> text("_int4", "[[[[[[[1]]]]]]]"))
        .isInstanceOf(UnfitValueException.class)
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(() -> text("_text", "[\"\\u0000\"]"))
        .isInstanceOf(UnfitValueException.class)
        .hasMessageContaining("U+0000");
  }

  @Test
  void whateverTextsAreInItTheyComeBack(SplittableRandom random) throws SQLException {
    String characters = "a,{}\"\\ \n\tNULñ\u20ac[]:='";
    try (Connection connection = open()) {
      for (int round = 0; round < 50; round++) {
        @Nullable Object[] elements = new @Nullable Object[random.nextInt(1, 6)];
        for (int i = 0; i < elements.length; i++) {
          StringBuilder element = new StringBuilder();
          for (int j = random.nextInt(5); j > 0; j--) {
            element.append(characters.charAt(random.nextInt(characters.length())));
          }
          elements[i] = random.nextInt(5) == 0 ? null : element.toString();
        }
        String array = spelled(connection, "_text", connection.createArrayOf("text", elements));
        String json = json("_text", array);
        assertThat(json).startsWith("[");
        assertThat(spelled(connection, "_text", text("_text", json))).isEqualTo(array);
      }
    }
  }
}
