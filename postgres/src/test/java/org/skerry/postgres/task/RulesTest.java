package org.skerry.postgres.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.scope.ScopeRules;
import tools.jackson.databind.JsonNode;

/** Rules for conflicts and scopes that a mapping has. */
class RulesTest {
  private static final String MAPPING =
      """
      {"tables": [{"name": "party", "type": "par.ty", "columns": ["name"],
        "policy": {"method": "%s"}, "scope": {"everyone": true}}]}
      """;

  private static TestDatabase application() {
    return PostgresServer.shared()
        .database("CREATE TABLE party (id serial PRIMARY KEY, name varchar)");
  }

  private static JsonNode policy(Coast coast) {
    return coast.expect("GET", "/clinic/_design/conflicts", "").path("conflicts").path("rules");
  }

  @Test
  void theDatabaseGetsTheRulesOfTheMapping() {
    try (Coast coast = new Coast()) {
      coast.satellite("hill", application(), MAPPING.formatted("merge"), "");
      assertThat(policy(coast).toString())
          .isEqualTo(
              "[{\"name\":\"rows of par.ty\",\"selector\":{\"_id\":{\"$regex\":"
                  + "\"^par\\\\.ty/\"}},\"method\":\"merge\"}]");
      assertThat(coast.database("clinic").scope().orElseThrow().toString())
          .isEqualTo(
              "{\"rules\":[{\"selector\":{\"_id\":{\"$regex\":\"^par\\\\.ty/\"}},"
                  + "\"everyone\":true}]}");
    }
  }

  @Test
  void whatAPersonMadeOfThemStays() {
    try (Coast coast = new Coast()) {
      coast.expect("PUT", "/clinic", "");
      coast.expect(
          "PUT",
          "/clinic/_design/conflicts",
          """
          {"language": "x", "conflicts": {"rules": [
            {"name": "rows of par.ty", "type": "x", "method": "manual"}]}}
          """);
      String before = "{\"type\":\"x\",\"site\":\"/a~b\"}";
      coast
          .database("clinic")
          .scope(Optional.of(ScopeRules.decode(("{\"rules\":[" + before + "]}").getBytes(UTF_8))));
      coast.satellite("hill", application(), MAPPING.formatted("merge"), "");
      assertThat(policy(coast).path(0).path("method").asString()).isEqualTo("manual");
      assertThat(policy(coast)).hasSize(1);
      assertThat(coast.database("clinic").scope().orElseThrow().toString())
          .as("a rule with a lone tilde, of a time when that was taken for itself")
          .startsWith("{\"rules\":[" + before + ",")
          .contains("par");
    }
  }
}
