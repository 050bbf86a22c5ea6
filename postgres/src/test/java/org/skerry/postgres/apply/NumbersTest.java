package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  private static final String MAPPING =
      """
      {"name": "party", "columns": ["code"],
       "collisions": [{"columns": ["code"], "rule": "suffix", "sequence": "party_code"}]}
      """;

  @Test
  void theApplicationGoesOnBehindNumbersThatCameFromElsewhere() throws Exception {
    try (Shore shore =
        new Shore(
            MAPPING,
            "CREATE SEQUENCE party_code",
            "CREATE TABLE party (id serial PRIMARY KEY, code varchar UNIQUE)",
            "INSERT INTO party (code) VALUES (nextval('party_code'))")) {
      shore.put("party/0" + Shore.uuid().substring(1), "{\"code\":\"41\"}");
      shore.put("party/0" + Shore.uuid().substring(1), "{\"code\":\"7\"}");
      shore.put("party/0" + Shore.uuid().substring(1), "{\"code\":\"99-coast\"}");
      shore.pass();
      shore.application.run("INSERT INTO party (code) VALUES (nextval('party_code'))");
      assertThat(shore.rows("SELECT code FROM party ORDER BY id DESC LIMIT 1"))
          .containsExactly("42");
    }
  }
}
