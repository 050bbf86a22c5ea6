package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Shape;
import tools.jackson.databind.json.JsonMapper;

class SchemaNotesTest {
  private static final Table LINE =
      MappingReader.read(
              new JsonMapper()
                  .readTree(
                      "{\"tables\": [{\"name\": \"line\", \"key\": [\"order\", \"nr\"],"
                          + " \"columns\": [\"order\", \"nr\"], \"local\": [\"site\"]}]}"))
          .tables()
          .getFirst();

  private static List<String> notes(Relation.Identity identity, Set<String> key) {
    Relation relation =
        new Relation(
            1,
            "public",
            "line",
            identity,
            List.of("order", "nr", "site").stream()
                .map(name -> new Relation.Column(name, key.contains(name), 23))
                .toList());
    SchemaNotes notes = new SchemaNotes();
    notes.look(LINE, relation, new Shape(Map.of()));
    return notes.list();
  }

  @Test
  void aKeyOfWhichAllColumnsAreMappedIsNotNoted() {
    assertThat(notes(Relation.Identity.KEY, Set.of("order", "nr"))).isEmpty();
    assertThat(notes(Relation.Identity.FULL, Set.of("order", "nr", "site"))).isEmpty();
  }

  @Test
  void aKeyThatGotAnotherColumnIsNoted() {
    assertThat(notes(Relation.Identity.KEY, Set.of("order", "nr", "site")))
        .containsExactly(
            "table `line` has the key [order, nr, site], and the mapping has [nr, order]: `skerry"
                + " postgres check` says whether that is unique");
  }
}
