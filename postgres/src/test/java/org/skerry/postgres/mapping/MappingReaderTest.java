package org.skerry.postgres.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.document.DocId;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(Seeded.class)
class MappingReaderTest {
  private static final String EVERYTHING =
      """
      {"schema": "public", "tables": [
        {"name": "category", "mode": "push", "columns": ["name"], "key": ["a", "b"]},
        {"name": "party", "type": "Party", "mode": "pull", "key": "id",
         "row": {"natural": ["code", "kind"]},
         "columns": {"code": "code", "data": {"member": "info", "kind": "json"}},
         "references": {"kind": "category",
           "about": {"member": "subject", "models": {"p.c": "category"}}},
         "local": ["secret"],
         "stamps": {"write_date": {"update": "now"}, "uid": {"insert": 7, "update": true}},
         "deletion": {"soft": {"column": "active", "value": 1}},
         "collisions": [{"columns": ["code"], "rule": "suffix", "sequence":
           {"name": "s", "prefix": "P", "suffix": "/x", "padding": 5, "furthest": 9}}],
         "via": {"rpc": "p.p", "through": {"field": "f", "parent": "kind", "child": "kind"}},
         "batch": 50, "scope": {"site": ["/site"], "follow": {"member": "/x", "prefix": "p"}},
         "policy": {"method": "merge"}, "comment": "x"},
        {"name": "listed", "row": {"listed": {"table": "t", "key": "k", "where": {"m": "x"},
         "columns": ["module", "fs_id"]}}, "orphans": "wait"}]}
      """;

  private static final List<JsonNode> HOSTILE =
      List.copyOf(
          new JsonMapper()
              .readTree(
                  """
                  [null, true, 5, -1, 1e400, 0.5, "", " ", "~", "/~", "a\\u0000", "\\ud800x", "id",
                   "party", "category", "now", [], {}, [[]], [null], ["~"], {"": null},
                   {"~": {"~": "~"}}, {"natural": null}, {"rules": []}]
                  """)
              .values());

  private static final List<String> HOSTILE_NAMES =
      List.of("", "~", "_id", "\0", "name", "type", "selector", "models", "natural", "'\"");

  private static Mapping read(String tables) {
    return MappingReader.read(new JsonMapper().readTree("{\"tables\": [" + tables + "]}"));
  }

  private static List<String> problems(String tables) {
    InvalidMappingException refused =
        catchThrowableOfType(InvalidMappingException.class, () -> read(tables));
    assertThat(refused).as("nothing was wrong with " + tables).isNotNull();
    return refused.problems();
  }

  @Test
  void aTableNeedsNothingButAName() {
    Table table = read("{\"name\": \"party\"}").tables().getFirst();
    assertThat(table)
        .isEqualTo(
            new Table(
                "party",
                "party",
                Mode.BOTH,
                Key.of("id"),
                new RowName.Uuid(),
                List.of(),
                Set.of(),
                Map.of(),
                new Deletion.Real(),
                List.of(),
                new Via.Sql(),
                Orphans.WAIT,
                1_000,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everythingThatATableCanSayIsRead() {
    Mapping mapping =
        read(
            """
            {"name": "category", "mode": "push", "columns": ["name"]},
            {"name": "party", "type": "Party", "mode": "pull", "key": "id",
             "row": {"natural": ["code"]},
             "columns": {"code": "code", "data": {"member": "info", "kind": "json"}},
             "references": {"kind": "category",
               "about": {"member": "subject", "models": {"p.c": "category"}}},
             "local": ["secret"],
             "stamps": {"write_date": {"update": "now"}, "uid": {"insert": 7, "update": true}},
             "deletion": {"soft": {"column": "active"}},
             "collisions": [{"columns": ["code"], "rule": "renumber_local", "sequence": "s"}],
             "via": {"rpc": "party.party"}, "batch": 50,
             "scope": {"site": "/site"}, "policy": {"method": "merge"}, "comment": "x"}
            """);
    Table table = mapping.table("party").orElseThrow();
    assertThat(table.columns())
        .containsExactly(
            new Column("code", "code", Column.Value.USUAL),
            new Column("data", "info", new Column.Value(Optional.of(Kind.JSON))),
            new Column("kind", "kind", new Column.Reference("category")),
            new Column("about", "subject", new Column.AnyReference(Map.of("p.c", "category"))));
    assertThat(table.stamps().get("uid"))
        .isEqualTo(
            new Stamp(
                Optional.of(new Stamp.Value.Fixed("7")),
                Optional.of(new Stamp.Value.Fixed("true"))));
    assertThat(table.deletion()).isEqualTo(new Deletion.Soft("active", "false"));
    assertThat(table.collisions())
        .containsExactly(
            new Collision(
                List.of("code"), Collision.Rule.RENUMBER_LOCAL, Optional.of(Numbering.named("s"))));
    assertThat(table.via()).isEqualTo(new Via.Rpc("party.party", Optional.empty()));
    assertThat(table.batch()).isEqualTo(50);
    assertThat(table.parents()).containsExactly("category");
    assertThat(table.scope()).contains("{\"site\":\"/site\"}");
    assertThat(mapping.table(DocId.of("Party/1"))).contains(table);
    assertThat(mapping.table(DocId.of("Party"))).isEmpty();
    assertThat(mapping.table(DocId.of("PartyX/1"))).isEmpty();
    assertThat(mapping.pulled()).containsExactly(table);
    assertThat(mapping.pushed()).extracting(Table::name).containsExactly("category");
  }

  @Test
  void whatCountsCodesIsNamedOrDescribed() {
    String table =
        "{\"name\": \"a\", \"columns\": [\"x\"], \"collisions\": [{\"columns\": [\"x\"],"
            + " \"rule\": \"suffix\", \"sequence\": %s}]}";
    assertThat(sequence(table.formatted("\"s\""))).isEqualTo(Numbering.named("s"));
    assertThat(sequence(table.formatted("{\"name\": \"s\"}"))).isEqualTo(Numbering.named("s"));
    assertThat(
            sequence(
                table.formatted(
                    "{\"name\": \"s\", \"prefix\": \"P\", \"suffix\": \"/x\", \"padding\": 5,"
                        + " \"furthest\": 9}")))
        .isEqualTo(new Numbering(new Numbering.Source.Named("s"), "P", "/x", Optional.of(5), 9));
    assertThat(sequence(table.formatted("{\"tryton\": \"party.sequence_party\"}")).source())
        .isEqualTo(new Numbering.Source.Listed("party", "sequence_party"));
  }

  private static Numbering sequence(String table) {
    return read(table).tables().getFirst().collisions().getFirst().sequence().orElseThrow();
  }

  @Test
  void theOrderInWhichColumnsAreNamedDoesNotMatter() {
    assertThat(read("{\"name\": \"a\", \"columns\": [\"x\", \"b\"]}"))
        .isEqualTo(read("{\"name\": \"a\", \"columns\": {\"b\": \"b\", \"x\": {}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          {"mode": "both"} ; `tables[0].name` is missing
          {"name": "a", "bogus": 1} ; unknown member `tables[a].bogus`
          {"name": "a", "mode": "sideways"} ; `tables[a].mode` must be one of
          {"name": "a", "type": "x/y"} ; `tables[a].type` must be a word
          {"name": "a", "columns": ["x", "x"]} ; must be a list of different columns
          {"name": "a", "columns": {"x": "m", "y": "m"}} ; the same member `m`
          {"name": "a", "columns": {"x": "_id"}} ; a member that CouchDB keeps: `_id`
          {"name": "a", "columns": {"x": {"kind": "blob"}}} ; `tables[a].columns.x.kind` must be
          {"name": "a", "columns": ["id"]} ; local ids stay at home
          {"name": "a", "columns": ["x"], "local": ["x"]} ; `x`, which is mapped
          {"name": "a", "columns": ["x"], "stamps": {"x": {"insert": 1}}} ; `x`, which is mapped
          {"name": "a", "stamps": {"x": {}}} ; needs `insert` or `update`
          {"name": "a", "references": {"x": "b"}} ; refers to `b`, which is not mapped
          {"name": "a", "references": {"x": {}}} ; must have either `table` or `models`
          {"name": "a", "row": "name"} ; `tables[a].row` must be `uuid`
          {"name": "a", "row": {"natural": ["x"]}} ; names `x`, which is not mapped
          {"name": "a", "row": {"natural": []}} ; must be a list of different columns
          {"name": "a", "deletion": "never"} ; must be `real` or
          {"name": "a", "collisions": [{"columns": ["x"], "rule": "suffix"}]} ; that is mapped
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"]}]} ; `tables[a].collisions[0].rule` is missing
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {}}]} ; an object with either `name` or `tryton`
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {"name": "s", "tryton": "a.b"}}]} ; an object with either `name` or `tryton`
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {"tryton": "party"}}]} ; must be a module and a name
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {"tryton": "a.b", "prefix": "P"}}]} ; is what Tryton says itself
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {"name": "s", "padding": 19}}]} ; must be a whole number from 0 to 18
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": {"name": "s", "furthest": -1}}]} ; must be a whole number from 0
          {"name": "a", "columns": ["x"], "collisions": [{"columns": ["x"], "rule": "suffix", "sequence": 5}]} ; `tables[a].collisions[0].sequence` must be an object
          {"name": "a", "via": {"rpc": "m", "through": {"field": "f", "parent": "p", "child": "c"}}} ; names `p`, which is no reference
          {"name": "a", "key": "nr", "via": {"rpc": "a.a"}} ; can be RPC only where the key is `id`
          {"name": "a", "key": ["b", "c"], "row": {"listed": {}}} ; can be `listed` only where the key is one column
          {"name": "a", "batch": 0} ; `tables[a].batch` must be a whole number from 1
          {"name": "a", "batch": 1.5} ; `tables[a].batch` must be a whole number from 1
          {"name": "a", "scope": {"type": "x"}} ; has `type`, which the table says
          {"name": "a", "scope": {"sight": "x"}} ; the scope of table `a`, at `/sight`: unknown
          {"name": "a", "scope": {}} ; the scope of table `a`: a rule says who gets the document
          {"name": "a", "scope": {"site": ["/x", "/~"]}} ; the scope of table `a`, at `/site/1`: a JSON pointer
          {"name": "a", "scope": {"site": "/home~"}} ; ~0 stands for a tilde
          {"name": "a", "scope": "~"} ; `tables[a].scope` must be an object
          {"name": "a", "columns": ["~", null]} ; `tables[a].columns` must be a list of different columns
          {"name": "a", "columns": {"x": null, "y": 5}} ; `tables[a].columns.y` must be an object
          {"name": null} ; `tables[0].name` is missing
          {"name": "a", "collisions": "suffix"} ; `tables[a].collisions` must be a list
          {"name": "a", "collisions": {"rule": "suffix"}} ; `tables[a].collisions` must be a list
          {"name": "a", "collisions": [null]} ; `tables[a].collisions[0]` must be an object
          {"name": "a"}, {"name": "a"} ; table `a` is there twice
          {"name": "a"}, {"name": "b", "type": "a"} ; have the same type `a`
          {"name": "a", "mode": "none"}, {"name": "b", "references": {"x": "a"}} ; have no name that is the same everywhere
          [] ; must be an object
          """)
  void whatIsWrongIsTold(String tables, String problem) {
    assertThat(problems(tables)).anyMatch(told -> told.contains(problem));
  }

  /** Whatever stands where: a mapping is read, or all that is wrong with it is said. */
  @RepeatedTest(300)
  void nothingElseComesOfAnything(SplittableRandom random) {
    JsonNode mapping = new JsonMapper().readTree(EVERYTHING);
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      spoil(mapping, random);
    }
    List<String> problems = new ArrayList<>();
    MappingReader.read(mapping, "mapping", problems);
    assertThat(problems).as(mapping.toString()).doesNotContainNull();
  }

  /** Puts something else where some value stands. */
  private static void spoil(JsonNode in, SplittableRandom random) {
    JsonNode at = in;
    while (true) {
      int member = random.nextInt(at.size());
      JsonNode next = at.isArray() ? at.get(member) : List.copyOf(at.values()).get(member);
      if (next.isEmpty() || random.nextInt(4) == 0) {
        JsonNode other = HOSTILE.get(random.nextInt(HOSTILE.size())).deepCopy();
        if (at instanceof ArrayNode list) {
          list.set(member, other);
        } else if (at instanceof ObjectNode object) {
          String name = List.copyOf(object.propertyNames()).get(member);
          object.set(name, other);
          object.set(HOSTILE_NAMES.get(random.nextInt(HOSTILE_NAMES.size())), next);
        }
        return;
      }
      at = next;
    }
  }

  @Test
  void namesThatAreMadeOfEachOtherAreRefused() {
    assertThat(
            problems(
                """
                {"name": "a", "references": {"b": "b"}, "row": {"natural": ["b"]}},
                {"name": "b", "references": {"a": "a"}, "row": {"natural": ["a"]}}
                """))
        .contains("the name of `a` is made of itself");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(problems("{\"name\": \"a\", \"bogus\": 1, \"mode\": 5, \"batch\": \"x\"}"))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void whatAKeyOfSeveralColumnsCannotDoIsSaid() {
    assertThat(
            problems(
                """
                {"name": "line", "key": ["order", "nr"], "via": {"rpc": "order.line"},
                 "row": {"listed": {}}},
                {"name": "note", "references": {"line": "line"}},
                {"name": "twice", "key": ["a", "a"]}
                """))
        .containsExactly(
            "`tables[line].row` can be `listed` only where the key is one column",
            "`tables[line].via` can be RPC only where the key is `id`: Tryton knows rows by"
                + " nothing else",
            "`tables[twice].key` must be a list of different columns",
            "table `note` refers by one column to `line`, whose key has several: map each column of"
                + " that foreign key by itself, as `line` maps its own");
  }

  @Test
  void columnsOfAKeyMayBeMembersAndAreAtHomeOtherwise() {
    Table table =
        read("""
        {"name": "line", "key": ["order", "nr"], "columns": ["order"], "local": ["nr"]}
        """)
            .tables()
            .getFirst();
    assertThat(table.key()).isEqualTo(Key.of("nr", "order"));
    assertThat(table.local()).isEmpty();
  }
}
