package org.skerry.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Installation;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.capture.Gate;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.rpc.RpcRows;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.postgres.testing.Tryton;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Documents that become rows through a real Tryton's RPC. */
class RpcDoorTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String MAPPING =
      """
      {"tables": [
        {"name": "party_party", "columns": ["name", "code", "active"],
         "collisions": [{"columns": ["code"], "rule": "suffix",
                         "sequence": {"tryton": "party.sequence_party"}}],
         "stamps": {"create_uid": {"insert": "0"}, "create_date": {"insert": "now"},
                    "write_date": {"update": "now"}}},
        {"name": "party_category", "columns": ["name", "active"],
         "references": {"parent": "party_category"}, "via": {"rpc": "party.category"},
         "collisions": [{"columns": ["name", "parent"], "rule": "keep_central"}]},
        {"name": "party_category_rel", "row": {"natural": ["party", "category"]},
         "references": {"party": "party_party", "category": "party_category"},
         "via": {"rpc": "party.party",
                 "through": {"field": "categories", "parent": "party", "child": "category"}}}]}
      """;

  private static Tryton tryton;
  private static TestDatabase application;
  private static Satellite satellite;
  private static Connection connection;
  private static Database database;
  private static Apply apply;

  @BeforeAll
  static void start() throws SQLException {
    tryton = Tryton.start(PostgresServer.shared(), "rpcdoor");
    application = tryton.database();
    String json =
        """
        {"url": "%s", "user": "%s", "password": "%s", "database": "clinic",
         "rpc": {"url": "%s", "user": "%s", "password": "%s"}, "mapping": %s}
        """
            .formatted(
                application.url(),
                PostgresServer.USER,
                PostgresServer.PASSWORD,
                tryton.access().url(),
                tryton.access().user(),
                tryton.access().password(),
                MAPPING);
    satellite = SatelliteReader.read("hill", new JsonMapper().readTree(json), name -> true);
    database = new Databases(new MemoryStore()).create("clinic").orElseThrow();
    connection = satellite.access().open();
    Transactions.run(
        connection,
        open -> {
          Installation.make(open);
          return Boolean.TRUE;
        });
    apply = new Apply(satellite, database, Gate.OPEN, RpcDoor.of(satellite));
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    tryton.close();
  }

  private static String id(String type) {
    return type + "/f" + UUID.randomUUID().toString().substring(1);
  }

  private static RevId put(String id, String json) {
    return put(id, false, Body.parse(json));
  }

  private static RevId put(String id, boolean deleted, Body body) {
    List<RevId> parent = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> document.deleted() || parent.add(document.winner().rev()));
    WriteResult result =
        database.update(
            new NewRevision(DocId.of(id), parent.stream().findFirst(), deleted, body, List.of()));
    return ((WriteResult.Written) result).rev();
  }

  private static Tally pass() throws Exception {
    return apply.pass(connection).tally();
  }

  private static String category(String name) {
    return "{\"name\":\"" + name + "\",\"parent\":null,\"active\":true}";
  }

  private static Entry entry(String id) throws SQLException {
    return Transactions.run(connection, open -> Book.byName(open, List.of(id))).get(id);
  }

  /** What somebody at a desk sees. */
  private static String seen(String model, String id, String field) {
    JsonNode rows =
        tryton
            .session()
            .call(
                model,
                "read",
                JSON.arrayNode().add(Long.parseLong(id)),
                JSON.arrayNode().add(field))
            .orThrow();
    return rows.path(0).path(field).asString("");
  }

  @Test
  void aTranslatedNameIsSeenByWhoeverLooks() throws Exception {
    String nurse = id("party_category");
    put(nurse, category("Nurse"));
    pass();
    String row = entry(nurse).id().orElseThrow();
    assertThat(seen("party.category", row, "name")).isEqualTo("Nurse");
    RevId changed = put(nurse, category("Nurses"));
    pass();
    assertThat(seen("party.category", row, "name")).isEqualTo("Nurses");
    assertThat(entry(nurse).rev()).contains(changed);
    assertThat(pass()).as("nothing is done twice").isEqualTo(Tally.NONE);
    assertThat(application.value("select count(*) from skerry.underway")).isEqualTo("0");
  }

  @Test
  void aTreeComesParentsFirstWhateverTheOrder() throws Exception {
    String leaf = "party_category/f0" + UUID.randomUUID().toString().substring(2);
    String root = "party_category/ff" + UUID.randomUUID().toString().substring(2);
    put(leaf, category("leaf").replace("\"parent\":null", "\"parent\":\"" + root + "\""));
    put(root, category("root"));
    pass();
    assertThat(
            application.value(
                "select p.name from party_category c join party_category p on p.id = c.parent"
                    + " where c.id = "
                    + entry(leaf).id().orElseThrow()))
        .isEqualTo("root");
    assertThat(application.rows("select * from skerry.waiting")).isEmpty();
  }

  @Test
  void relationsComeAndGoThroughTheirParents() throws Exception {
    String party = id("party_party");
    String doctor = id("party_category");
    put(party, "{\"name\":\"Amina\",\"code\":\"rel-1\",\"active\":true}");
    put(doctor, category("Doctor"));
    String relation = "party_category_rel/" + party.substring(12) + "," + doctor.substring(15);
    put(relation, "{\"party\":\"" + party + "\",\"category\":\"" + doctor + "\"}");
    pass();
    String related =
        "select category from party_category_rel where party = " + entry(party).id().orElseThrow();
    assertThat(application.rows(related)).containsExactly(entry(doctor).id().orElseThrow());
    assertThat(entry(relation).id()).isPresent();
    put(relation, true, Body.EMPTY);
    pass();
    assertThat(application.rows(related)).isEmpty();
    assertThat(entry(relation).id()).isEmpty();
  }

  @Test
  void whoMakesTheNextPartyGetsTheNextCode() throws Exception {
    put(id("party_party"), "{\"name\":\"Amina\",\"code\":\"700\",\"active\":true}");
    pass();
    RpcRows rows = new RpcRows(tryton.session());
    assertThat(rows.create("party.party", List.of(Map.of("name", JSON.stringNode("Njeri")))))
        .isInstanceOf(org.skerry.postgres.rpc.RpcOutcome.Written.class);
    assertThat(application.value("select code from party_party order by id desc limit 1"))
        .isEqualTo("701");
  }

  @Test
  void theSameCategoryMadeTwiceIsOne() throws Exception {
    long here =
        new RpcRows(tryton.session())
                    .create("party.category", List.of(Map.of("name", JSON.stringNode("Pharmacy"))))
                instanceof org.skerry.postgres.rpc.RpcOutcome.Written written
            ? written.ids().getFirst()
            : 0;
    Naming naming = new Naming(satellite.mapping(), false);
    String local =
        Transactions.run(
                connection,
                open ->
                    naming.name(open, List.of(new RowRef("party_category", "" + here)), Map.of()))
            .values()
            .iterator()
            .next()
            .name();
    put(local, category("Pharmacy"));
    String central = "party_category/0" + UUID.randomUUID().toString().substring(1);
    put(central, category("Pharmacy"));
    pass();
    assertThat(entry(central).id()).contains("" + here);
    assertThat(application.value("select count(*) from party_category where name = 'Pharmacy'"))
        .isEqualTo("1");
  }

  @Test
  void oneThatTheApplicationRefusesKeepsNoOther() throws Exception {
    String good = id("party_category");
    String bad = id("party_category");
    put(bad, "{\"name\":null,\"parent\":null,\"active\":true}");
    put(good, category("Insurance"));
    pass();
    assertThat(entry(good).id()).isPresent();
    assertThat(application.rows("select name, reason from skerry.waiting"))
        .containsExactly(bad + "|unfit");
    put(bad, category("Institution"));
    pass();
    assertThat(entry(bad).id()).isPresent();
    assertThat(application.rows("select name from skerry.waiting")).isEmpty();
  }

  @Test
  void rowsThatWereMadeBeforeACrashAreRecognised() throws Exception {
    Table table = satellite.mapping().table("party_category").orElseThrow();
    String one = id("party_category");
    RevId rev = put(one, category("before the crash"));
    Showing showing = new Showing(table, one, rev, false, Body.EMPTY);
    long user = tryton.session().user();
    Transactions.run(
        connection,
        open -> {
          Underway.note(open, "public", table, List.of(showing), user);
          return Boolean.TRUE;
        });
    new RpcRows(tryton.session())
        .create("party.category", List.of(Map.of("name", JSON.stringNode("before the crash"))));
    Underway.settle(connection, satellite);
    assertThat(entry(one).rev()).contains(rev);
    pass();
    assertThat(
            application.value(
                "select count(*) from party_category where name = 'before the crash'"))
        .isEqualTo("1");
    assertThat(Optional.of(application.value("select count(*) from skerry.underway")))
        .contains("0");
  }
}
