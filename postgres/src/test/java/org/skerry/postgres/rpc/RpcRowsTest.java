package org.skerry.postgres.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.mapping.Via;
import org.skerry.postgres.rpc.RpcAnswer.Reason;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.postgres.testing.Tryton;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Against a real Tryton. */
class RpcRowsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Via.Through CATEGORIES = new Via.Through("categories", "party", "category");

  private static Tryton tryton;
  private static TestDatabase database;
  private static RpcRows rows;

  @BeforeAll
  static void start() {
    tryton = Tryton.start(PostgresServer.shared(), "rpcrows");
    database = tryton.database();
    rows = new RpcRows(tryton.session());
  }

  @AfterAll
  static void stop() {
    tryton.close();
  }

  private static JsonNode text(String text) {
    return JSON.stringNode(text);
  }

  private static long created(String model, Map<String, JsonNode> members) {
    return ids(rows.create(model, List.of(members))).getFirst();
  }

  private static List<Long> ids(RpcOutcome outcome) {
    assertThat(outcome).isInstanceOf(RpcOutcome.Written.class);
    return ((RpcOutcome.Written) outcome).ids();
  }

  private static Reason reason(RpcOutcome outcome) {
    assertThat(outcome).isInstanceOf(RpcOutcome.Refused.class);
    return ((RpcOutcome.Refused) outcome).reason();
  }

  @Test
  void rowsAreCreatedInTheirOrderWithTheApplicationsDefaults() {
    List<Long> ids =
        ids(
            rows.create(
                "party.party",
                List.of(Map.of("name", text("Ana")), Map.of("name", text("Łucja Ñúñez")))));
    assertThat(
            database.rows(
                "select name, active, code is not null from party_party where id in ("
                    + ids.get(0)
                    + ","
                    + ids.get(1)
                    + ") order by id"))
        .containsExactly("Ana|t|t", "Łucja Ñúñez|t|t");
  }

  @Test
  void aBatchIsOneTransaction() {
    String before = database.value("select count(*) from party_party");
    RpcOutcome outcome =
        rows.create(
            "party.party",
            List.of(
                Map.of("code", text("same")), Map.of("code", text("same"), "name", text("two"))));
    assertThat(reason(outcome)).isEqualTo(Reason.RULE);
    assertThat(database.value("select count(*) from party_party")).isEqualTo(before);
  }

  @Test
  void whatSomebodyWroteMeanwhileIsNotOverwritten() {
    long party = created("party.party", Map.of("name", text("Amina")));
    Map<Long, String> seen = rows.stamps("party.party", List.of(party));
    tryton
        .session()
        .call(
            "party.party",
            "write",
            JSON.arrayNode().add(party),
            JSON.objectNode().put("name", "Amina (desk)"))
        .orThrow();
    RpcRows.Row row = new RpcRows.Row(party, Map.of("name", text("Amina (other)")));
    assertThat(reason(rows.write("party.party", List.of(row), seen)))
        .isEqualTo(Reason.CHANGED_MEANWHILE);
    assertThat(database.value("select name from party_party where id = " + party))
        .isEqualTo("Amina (desk)");
    Map<Long, String> now = rows.stamps("party.party", List.of(party));
    assertThat(ids(rows.write("party.party", List.of(row), now))).containsExactly(party);
  }

  @Test
  void aTranslatedNameIsChangedWhereTheApplicationLooks() {
    long category = created("party.category", Map.of("name", text("Nurse")));
    RpcRows.Row row = new RpcRows.Row(category, Map.of("name", text("Nurses")));
    ids(rows.write("party.category", List.of(row), Map.of()));
    JsonNode read =
        tryton
            .session()
            .call(
                "party.category",
                "read",
                JSON.arrayNode().add(category),
                JSON.arrayNode().add("name"))
            .orThrow();
    assertThat(read.path(0).path("name").asString()).isEqualTo("Nurses");
    assertThat(database.value("select name from party_category where id = " + category))
        .isEqualTo("Nurses");
  }

  @Test
  void relationsAreListsOfTheirParents() {
    long party = created("party.party", Map.of("name", text("José")));
    long one = created("party.category", Map.of("name", text("one")));
    long two = created("party.category", Map.of("name", text("two")));
    List<RpcRows.Pair> pairs = List.of(new RpcRows.Pair(party, one), new RpcRows.Pair(party, two));
    ids(rows.relate("party.party", CATEGORIES, "add", pairs));
    String related = "select category from party_category_rel where party = " + party;
    assertThat(database.rows(related)).containsExactlyInAnyOrder("" + one, "" + two);
    ids(rows.relate("party.party", CATEGORIES, "remove", pairs.subList(0, 1)));
    assertThat(database.rows(related)).containsExactly("" + two);
  }

  @Test
  void deletedRowsAreGoneAndHaveNoStamp() {
    long party = created("party.party", Map.of("name", text("Noor")));
    Map<Long, String> seen = rows.stamps("party.party", List.of(party));
    assertThat(seen).containsKey(party);
    ids(rows.delete("party.party", List.of(party), seen));
    assertThat(rows.stamps("party.party", List.of(party))).isEmpty();
  }

  @Test
  void anUnknownMemberIsRefusedByName() {
    RpcOutcome outcome = rows.create("party.party", List.of(Map.of("colour", text("red"))));
    assertThat(outcome)
        .isEqualTo(new RpcOutcome.Refused(Reason.RULE, "model party.party has no field colour"));
  }

  @Test
  void aWrongPasswordAndAClosedPortSayNothingOfARecord() {
    RpcAccess access = tryton.access();
    RpcSession wrong = new RpcSession(new RpcAccess(access.url(), access.user(), "wrong"));
    assertThatExceptionOfType(RpcDownException.class)
        .isThrownBy(wrong::user)
        .withMessageContaining("look at the password")
        .withMessageNotContaining("wrong");
    RpcSession nobody =
        new RpcSession(new RpcAccess(URI.create("http://127.0.0.1:1/x/"), "admin", "secret"));
    assertThatExceptionOfType(RpcDownException.class)
        .isThrownBy(nobody::user)
        .withMessageContaining("nobody answers");
  }

  @Test
  void aSessionThatTheServerForgotIsReplaced() {
    RpcSession session = tryton.session();
    long user = session.user();
    database.run("delete from ir_session");
    assertThat(session.call("party.party", "search_count", JSON.arrayNode()).orThrow().asLong())
        .isGreaterThanOrEqualTo(0);
    assertThat(session.user()).isEqualTo(user);
  }

  @Test
  void relationsWithoutAParentAreRefusedAsWhole() {
    long party = created("party.party", Map.of("name", text("Iván")));
    Optional<RpcOutcome> outcome =
        Optional.of(
            rows.relate(
                "party.party", CATEGORIES, "add", List.of(new RpcRows.Pair(party, 999_999))));
    assertThat(outcome.get()).isInstanceOf(RpcOutcome.Refused.class);
  }
}
