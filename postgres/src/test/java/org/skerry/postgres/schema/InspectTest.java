package org.skerry.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.mapping.Mode;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class InspectTest {
  private final TestDatabase clinic = PostgresServer.shared().database(Clinic.TABLES);

  private ObjectNode mapping() throws SQLException {
    try (Connection connection = clinic.connect()) {
      return Inspect.mapping(connection, "public", table -> true);
    }
  }

  private JsonNode table(String name) throws SQLException {
    return mapping()
        .path("tables")
        .valueStream()
        .filter(table -> table.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFirstMappingIsAMapping() throws SQLException {
    Mapping mapping = MappingReader.read(mapping());
    assertThat(mapping.tables())
        .extracting(table -> table.name() + " " + table.mode())
        .containsExactly(
            "ir_lang none",
            "party_address both",
            "party_category both",
            "party_category_rel both",
            "party_party both");
  }

  @Test
  void nothingOfItIsAFaultWhereItWasMade() throws SQLException {
    try (Connection connection = clinic.connect()) {
      assertThat(Check.run(connection, MappingReader.read(mapping()), true))
          .noneMatch(Finding::isFault);
    }
  }

  @Test
  void foreignKeysAreReferencesAndStampsAreStamps() throws SQLException {
    assertThat(table("party_address"))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"name": "party_address", "mode": "both", "key": "id", "row": "uuid",
                     "columns": {"city": "city", "sequence": "sequence"},
                     "references": {"party": "party_party"},
                     "stamps": {"create_uid": {"insert": 0}, "create_date": {"insert": "now"},
                       "write_uid": {"update": 0}, "write_date": {"update": "now"}}}
                    """));
  }

  @Test
  void relationsAreNamedByTheirEnds() throws SQLException {
    assertThat(table("party_category_rel").path("row").toString())
        .isEqualTo("{\"natural\":[\"category\",\"party\"]}");
  }

  @Test
  void rowsThatCameWithModulesAreNamedByTheList() throws SQLException {
    Mapping mapping = MappingReader.read(mapping());
    assertThat(mapping.table("ir_lang").orElseThrow().rowName())
        .isInstanceOfSatisfying(
            RowName.Listed.class,
            listed -> assertThat(listed.where()).containsEntry("model", "ir.lang"));
    assertThat(mapping.table("ir_lang").orElseThrow().mode()).isEqualTo(Mode.NONE);
  }

  @Test
  void whatMayNotComeTwiceHasARule() throws SQLException {
    assertThat(table("party_party").path("collisions").toString())
        .isEqualTo("[{\"columns\":[\"code\"],\"rule\":\"suffix\"}]");
    assertThat(table("party_category").path("collisions").toString())
        .contains("\"name\"", "keep_central");
  }

  @Test
  void whatCountsCodesIsReadOffTheirDefault() throws SQLException {
    clinic.run(
        "CREATE SEQUENCE \"Numbers\"",
        "CREATE TABLE ward (id serial PRIMARY KEY, place bigint UNIQUE DEFAULT"
            + " nextval('\"Numbers\"'), nr text UNIQUE DEFAULT 'W' ||"
            + " lpad(nextval('\"Numbers\"')::text, 4, '0'))");
    assertThat(table("ward").path("collisions").toString())
        .contains(
            "{\"columns\":[\"place\"],\"rule\":\"renumber_local\",\"sequence\":\"Numbers\"}",
            "\"sequence\":{\"name\":\"Numbers\",\"prefix\":\"W\",\"padding\":4}");
    nothingOfItIsAFaultWhereItWasMade();
  }

  @Test
  void trytonsSequenceIsFoundByItsName() throws SQLException {
    clinic.run(
        "INSERT INTO ir_model_data (module, fs_id, model, db_id) VALUES"
            + " ('party', 'sequence_party', 'ir.sequence', 3),"
            + " ('party', 'sequence_type_party', 'ir.sequence.type', 1)");
    assertThat(table("party_party").path("collisions").toString())
        .isEqualTo(
            "[{\"columns\":[\"code\"],\"rule\":\"suffix\","
                + "\"sequence\":{\"tryton\":\"party.sequence_party\"}}]");
    assertThat(table("party_party").path("comment").asString()).contains("guessed");
  }

  @Test
  void tablesWithoutAKeyAreLeftOutAndNamed() throws SQLException {
    assertThat(mapping().path("comment").asString()).contains("audit_log");
  }

  @Test
  void whatIsUniqueTogetherWithAnExpressionHasNoRule() throws SQLException {
    clinic.run(
        "CREATE TABLE seat (id serial PRIMARY KEY, tenant text, code text)",
        "CREATE UNIQUE INDEX ON seat (tenant, lower(code))");
    assertThat(table("seat").path("collisions").isMissingNode()).isTrue();
  }
}
