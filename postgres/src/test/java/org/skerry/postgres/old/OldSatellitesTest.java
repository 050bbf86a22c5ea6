package org.skerry.postgres.old;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.row.Shape;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.json.JsonMapper;

/** Two satellites that go on with the old protocol, and a database between them. */
class OldSatellitesTest {
  private static final String MAPPING =
      """
      {"tables":[
        {"name":"party_party","row":{"natural":["code"]},"columns":["code","name","born","seen"],
         "deletion":{"soft":{"column":"active","value":"false"}}},
        {"name":"party_address","columns":["street"],"references":{"party":"party_party"}}]}
      """;
  private static final Map<String, Shape> SHAPES =
      Map.of(
          "party_party",
          new Shape(
              Map.of(
                  "id",
                  "int4",
                  "code",
                  "varchar",
                  "name",
                  "varchar",
                  "born",
                  "date",
                  "seen",
                  "timestamp",
                  "active",
                  "bool")),
          "party_address",
          new Shape(Map.of("id", "int4", "street", "varchar", "party", "int4")));
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);

  private final Databases databases = new Databases(new MemoryStore());
  private final Database clinic = databases.create("clinic").orElseThrow();
  private final List<String> problems = new ArrayList<>();
  private final Mapping mapping =
      MappingReader.read(new JsonMapper().readTree(MAPPING), "mapping", problems);
  private Instant now = Instant.parse("2026-03-01T13:00:00Z");
  private final InstantSource clock = () -> now;

  private Model model(String table) {
    return new Model(mapping, mapping.table(table).orElseThrow(), SHAPES.get(table));
  }

  private List<Wire> push(int satellite, String table, Wire.Struct... rows) {
    Ledger ledger = Ledger.of(databases, clinic, satellite);
    return new Taking(model(table), clinic, ledger, Author.SYSTEM).take(List.of(rows));
  }

  private Giving giving(int satellite, String table) {
    Ledger ledger = Ledger.of(databases, clinic, satellite);
    return new Giving(model(table), clinic, ledger, satellite, clock);
  }

  private List<Wire.Struct> pull(int satellite, String code, LocalDateTime has) {
    return rows(giving(satellite, "party_party").changed(Map.of(new Wire.Text(code), has)));
  }

  private List<Wire.Struct> fetch(int satellite) {
    return rows(giving(satellite, "party_party").unknown());
  }

  private static List<Wire.Struct> rows(List<Wire> values) {
    return values.stream().map(Wire.Struct.class::cast).toList();
  }

  private static Wire.Struct party(String code, String name, LocalDateTime written) {
    return party(code, name, written, Map.of());
  }

  private static Wire.Struct party(
      String code, String name, LocalDateTime written, Map<String, Wire> more) {
    Map<String, Wire> members = new LinkedHashMap<>();
    members.put("code", new Wire.Text(code));
    members.put("name", new Wire.Text(name));
    members.put("active", new Wire.Flag(true));
    members.put("write_date", new Wire.Moment(written));
    members.put("synchronised_instances", Bits.only(3));
    members.putAll(more);
    return new Wire.Struct(members);
  }

  private static String name(Wire.Struct row) {
    return ((Wire.Text) row.get("name")).text();
  }

  private static LocalDateTime time(Wire.Struct row) {
    return ((Wire.Moment) row.get("write_date")).time();
  }

  /** What each live leaf says, winner first. */
  private List<String> leaves(String id) {
    List<String> found = new ArrayList<>();
    clinic
        .store()
        .load(
            List.of(DocId.of(id)),
            new Fields(false, Fields.Bodies.LEAVES),
            document -> {
              document.revisions().stream()
                  .filter(revision -> !revision.deleted())
                  .forEach(revision -> found.add(revision.body().toString()));
              return true;
            });
    return found;
  }

  private RevId winner(String id) {
    List<RevId> found = new ArrayList<>();
    clinic
        .store()
        .load(List.of(DocId.of(id)), Fields.LEAVES, document -> found.add(document.winner().rev()));
    return found.getFirst();
  }

  private void edit(String id, String json) {
    clinic.update(
        new NewRevision(DocId.of(id), Optional.of(winner(id)), false, Body.parse(json), List.of()));
  }

  @Test
  void whatOnePushesTheOtherFetches() {
    assertThat(problems).isEmpty();
    assertThat(push(3, "party_party", party("P1", "Ana", NOON)))
        .containsExactly(new Wire.Text("P1"));
    List<Wire.Struct> fetched = fetch(4);
    assertThat(fetched).extracting(OldSatellitesTest::name).containsExactly("Ana");
    assertThat(fetched.getFirst().get("active")).isEqualTo(new Wire.Flag(true));
    assertThat(fetch(3)).as("who sent it has it").isEmpty();
  }

  @Test
  void whatWasFetchedIsNotFetchedAgainUntilItSeemsLost() {
    push(3, "party_party", party("P1", "Ana", NOON));
    assertThat(fetch(4)).hasSize(1);
    assertThat(fetch(4)).isEmpty();
    now = now.plusSeconds(3600);
    List<Wire.Struct> again = fetch(4);
    assertThat(again).hasSize(1);
    assertThat(pull(4, "P1", time(again.getFirst()))).isEmpty();
    now = now.plusSeconds(3600);
    assertThat(fetch(4)).isEmpty();
  }

  @Test
  void anEditOfOneReachesTheOtherOnce() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    assertThat(pull(4, "P1", has)).isEmpty();
    push(3, "party_party", party("P1", "Ana María", NOON.plusMinutes(1)));
    List<Wire.Struct> changed = pull(4, "P1", has);
    assertThat(changed).extracting(OldSatellitesTest::name).containsExactly("Ana María");
    assertThat(time(changed.getFirst())).isAfter(has);
    assertThat(pull(4, "P1", time(changed.getFirst()))).isEmpty();
    assertThat(leaves("party_party/P1")).hasSize(1);
  }

  @Test
  void editsOfBothStandBesideEachOtherWhateverTheirTimes() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    pull(4, "P1", has);
    push(3, "party_party", party("P1", "Ana of the hill", NOON.plusDays(2)));
    assertThat(push(4, "party_party", party("P1", "Ana of the coast", NOON.minusDays(2))))
        .containsExactly(new Wire.Text("P1"));
    assertThat(String.join(" ", leaves("party_party/P1")))
        .contains("Ana of the hill", "Ana of the coast");
  }

  @Test
  void anEditOfWhatWasJustSentFollowsThat() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    pull(4, "P1", has);
    push(3, "party_party", party("P1", "Ana María", NOON.plusMinutes(1)));
    pull(4, "P1", has);
    // It arrived, and was edited before it was shown.
    push(
        4,
        "party_party",
        party(
            "P1",
            "Ana María",
            NOON.plusMinutes(9),
            Map.of("born", WireValues.of("date", Optional.of("1980-02-29")))));
    assertThat(leaves("party_party/P1")).hasSize(1);
    assertThat(leaves("party_party/P1").getFirst()).contains("1980-02-29", "Ana María");
  }

  @Test
  void anEditMadeBeforeWhatWasSentArrivedIsAConflict() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    pull(4, "P1", has);
    push(3, "party_party", party("P1", "Ana María", NOON.plusMinutes(1)));
    pull(4, "P1", has);
    push(
        4,
        "party_party",
        party(
            "P1",
            "Ana",
            NOON.plusMinutes(9),
            Map.of("born", WireValues.of("date", Optional.of("1980-02-29")))));
    assertThat(leaves("party_party/P1")).hasSize(2);
  }

  @Test
  void nothingIsSentOverAnEditThatIsExpected() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    pull(4, "P1", has);
    push(3, "party_party", party("P1", "Ana María", NOON.plusMinutes(1)));
    assertThat(pull(4, "P1", has.plusMinutes(2))).isEmpty();
    push(4, "party_party", party("P1", "Ana (4)", has.plusMinutes(2)));
    assertThat(leaves("party_party/P1")).hasSize(2);
  }

  @Test
  void aRowThatSaysTheSameIsNoEdit() {
    push(3, "party_party", party("P1", "Ana", NOON));
    RevId before = winner("party_party/P1");
    push(3, "party_party", party("P1", "Ana", NOON.plusMinutes(1)));
    push(4, "party_party", party("P1", "Ana", NOON.plusMinutes(2)));
    assertThat(winner("party_party/P1")).isEqualTo(before);
    assertThat(leaves("party_party/P1")).hasSize(1);
  }

  @Test
  void whatTheWireCannotSayIsKept() {
    push(3, "party_party", party("P1", "Ana", NOON));
    edit(
        "party_party/P1",
        "{\"code\":\"P1\",\"name\":\"Ana\",\"born\":null,\"seen\":\"2026-03-01T08:00:00.123456\","
            + "\"note\":\"kept\"}");
    Wire.Struct changed = pull(3, "P1", NOON).getFirst();
    Map<String, Wire> back = new LinkedHashMap<>(changed.members());
    back.put("name", new Wire.Text("Ana María"));
    pull(3, "P1", time(changed));
    push(3, "party_party", new Wire.Struct(back));
    assertThat(leaves("party_party/P1").getFirst())
        .contains("08:00:00.123456", "\"note\":\"kept\"", "Ana María");
  }

  @Test
  void aRowThatDoesNotCountAnyMoreIsADeletionBothWays() {
    push(3, "party_party", party("P1", "Ana", NOON));
    LocalDateTime has = time(fetch(4).getFirst());
    pull(4, "P1", has);
    push(
        3,
        "party_party",
        party("P1", "Ana", NOON.plusMinutes(1), Map.of("active", new Wire.Flag(false))));
    assertThat(leaves("party_party/P1")).isEmpty();
    List<Wire.Struct> changed = pull(4, "P1", has);
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().get("active")).isEqualTo(new Wire.Flag(false));
    assertThat(changed.getFirst().get("name")).isEqualTo(new Wire.Text("Ana"));
    assertThat(fetch(5)).as("a new satellite does not want it").isEmpty();
  }

  @Test
  void referencesAreUniqueIdsThereAndIdsOfDocumentsHere() {
    push(3, "party_party", party("P1", "Ana", NOON));
    Wire uuid = WireValues.uuid("6f0c6b7e-0000-4000-8000-000000000001");
    Wire.Struct address =
        new Wire.Struct(
            Map.of(
                "uuid", uuid,
                "street", new Wire.Text("Calle 1"),
                "party", new Wire.Text("P1"),
                "create_date", new Wire.Moment(NOON)));
    assertThat(push(3, "party_address", address)).containsExactly(uuid);
    assertThat(leaves("party_address/6f0c6b7e-0000-4000-8000-000000000001"))
        .containsExactly("{\"party\":\"party_party/P1\",\"street\":\"Calle 1\"}");
    Wire.Struct there = rows(giving(4, "party_address").unknown()).getFirst();
    assertThat(there.get("party")).isEqualTo(new Wire.Text("P1"));
    assertThat(there.get("uuid")).isEqualTo(uuid);
  }

  @Test
  void theBitOfWhoeverGetsARowIsSet() {
    push(3, "party_party", party("P1", "Ana", NOON));
    Wire.Struct bits = (Wire.Struct) fetch(4).getFirst().get("synchronised_instances");
    assertThat(bits.kind()).isEqualTo("bitstring");
    String bin = ((Wire.Text) bits.get("bin")).text();
    assertThat(bin).hasSize(128);
    assertThat(bin.indexOf('1')).isEqualTo(bin.length() - 1 - 4);
  }

  @Test
  void aRowThatComesTwiceInOneCallFollowsItself() {
    push(3, "party_party", party("P1", "Ana", NOON), party("P1", "Ana María", NOON.plusMinutes(1)));
    assertThat(leaves("party_party/P1")).hasSize(1);
    assertThat(leaves("party_party/P1").getFirst()).contains("Ana María");
  }
}
