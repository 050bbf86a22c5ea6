package org.skerry.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skerry.postgres.mapping.MappingReader;
import org.skerry.postgres.mapping.Mode;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

class CheckTest {
  private final TestDatabase clinic = PostgresServer.shared().database(Clinic.TABLES);

  private List<String> check(String tables) {
    String json = "{\"tables\": [" + tables + "]}";
    try (Connection connection = clinic.connect()) {
      return Check.run(connection, MappingReader.read(new JsonMapper().readTree(json)), true)
          .stream()
          .map(Finding::toString)
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyProblemIsToldAtOnceFaultsFirst() {
    List<String> findings =
        check(
            """
            {"name": "party_party", "columns": ["name", "nickname"], "local": ["ghost"],
             "stamps": {"write_date": {"update": "never"}},
             "collisions": [{"columns": ["name"], "rule": "renumber_local",
               "sequence": "no_such"}],
             "deletion": {"soft": {"column": "active", "value": "perhaps"}}},
            {"name": "party_gone", "columns": ["x"]}
            """);
    assertThat(findings)
        .anyMatch(line -> line.startsWith("fault: party_gone: there is no such table"))
        .anyMatch(line -> line.startsWith("fault: party_party.nickname: is mapped"))
        .anyMatch(line -> line.startsWith("fault: party_party.code: must not be NULL"))
        .anyMatch(line -> line.startsWith("fault: party_party.write_date: cannot hold `never`"))
        .anyMatch(line -> line.startsWith("fault: party_party.active: cannot hold `perhaps`"))
        .anyMatch(
            line -> line.startsWith("fault: party_party: there is no sequence public.no_such"))
        .anyMatch(line -> line.startsWith("note:  party_party.ghost: is said to be local"))
        .anyMatch(line -> line.startsWith("note:  party_party.lang: refers to ir_lang"))
        .anyMatch(line -> line.startsWith("note:  party_party: has no rule for collisions of"));
    int firstNote =
        findings.indexOf(
            findings.stream().filter(line -> line.startsWith("note")).findFirst().orElseThrow());
    assertThat(findings.subList(firstNote, findings.size()))
        .noneMatch(line -> line.startsWith("fault"));
  }

  @Test
  void whatCountsCodesIsLookedAt() {
    clinic.run("CREATE SEQUENCE codes CACHE 20 CYCLE");
    String party =
        "{\"name\": \"party_party\", \"columns\": [\"code\"], \"collisions\":"
            + " [{\"columns\": [\"code\"], \"rule\": \"suffix\", \"sequence\": %s}]}";
    assertThat(check(party.formatted("\"codes\"")))
        .anyMatch(line -> line.startsWith("note:  party_party.code: the sequence public.codes beg"))
        .anyMatch(line -> line.contains("cannot be passed over: CACHE 1"));
    PostgresServer.shared().run(clinic.name(), "ALTER SEQUENCE codes OWNER TO postgres");
    assertThat(check(party.formatted("\"codes\"")))
        .contains(
            "fault: party_party: the login may not move the sequence public.codes: GRANT USAGE,"
                + " SELECT ON SEQUENCE");
  }

  @Test
  void localIdsDoNotTravelAsValues() {
    assertThat(check("{\"name\": \"party_address\", \"columns\": [\"city\", \"party\"]}"))
        .anyMatch(line -> line.contains("party_address.party: is a foreign key of party_party"));
  }

  @Test
  void aReferenceToAnotherTableThanTheKeySaysIsAFault() {
    assertThat(
            check(
                """
                {"name": "ir_lang", "columns": ["code"]},
                {"name": "party_address", "columns": ["city"], "references": {"party": "ir_lang"}}
                """))
        .anyMatch(line -> line.contains("refers to party_party, and is mapped to ir_lang"));
  }

  @Test
  void whatTheLoginMayNotIsAFault() {
    PostgresServer.shared()
        .run(
            clinic.name(),
            "CREATE TABLE foreign_one (id serial PRIMARY KEY, x text)",
            "GRANT SELECT ON foreign_one TO " + PostgresServer.USER);
    assertThat(check("{\"name\": \"foreign_one\", \"columns\": [\"x\"]}"))
        .anyMatch(line -> line.contains("foreign_one: the login may not write it"))
        .anyMatch(line -> line.contains("foreign_one: belongs to another role"));
  }

  @Test
  void namesThatComeTwiceAreNoted() {
    clinic.run(
        "INSERT INTO party_party (code) VALUES ('1')",
        "INSERT INTO party_address (party, city) VALUES (1, 'Kisumu'), (1, 'Kisumu')");
    assertThat(
            check(
                """
                {"name": "party_address", "columns": ["city"], "row": {"natural": ["city"]}}
                """))
        .anyMatch(line -> line.contains("1 names made of [city] belong to several rows"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PUSH", "PULL", "BOTH"})
  void aColumnThatIsUniqueByItselfIsAKeyThoughThePrimaryKeyHasSeveral(Mode mode) {
    clinic.run("CREATE TABLE stay (id serial UNIQUE, day date, PRIMARY KEY (id, day))");
    assertThat(check("{\"name\": \"stay\", \"columns\": [\"day\"], \"mode\": \"" + mode + "\"}"))
        .noneMatch(line -> line.startsWith("fault: stay"));
  }

  @Test
  void aKeyThatTheLogDoesNotTellIsAFaultOfTablesThatArePushed() {
    clinic.run("CREATE TABLE bed (id serial UNIQUE, code text PRIMARY KEY)");
    String bed = "{\"name\": \"bed\", \"columns\": [\"code\"], \"mode\": \"%s\"}";
    assertThat(check(bed.formatted("push")))
        .contains(
            "fault: bed.id: is to be the key, and PostgreSQL's log does not tell it of rows that"
                + " are deleted: ALTER TABLE … REPLICA IDENTITY FULL, or choose \"capture\":"
                + " \"outbox\"");
    assertThat(check(bed.formatted("pull"))).noneMatch(line -> line.startsWith("fault: bed"));
    clinic.run("ALTER TABLE bed REPLICA IDENTITY FULL");
    assertThat(check(bed.formatted("push"))).noneMatch(line -> line.startsWith("fault: bed"));
  }

  @Test
  void aRuleForOrphansOfRowsThatStayIsNoted() {
    assertThat(
            check(
                """
                {"name": "party_party", "columns": ["code"],
                 "deletion": {"soft": {"column": "active", "value": "false"}}},
                {"name": "party_address", "columns": ["city"],
                 "references": {"party": "party_party"}, "orphans": "delete"}
                """))
        .contains(
            "note:  party_address: refers to party_party, whose rows stay when they are deleted:"
                + " `orphans` does nothing there");
  }

  @Test
  void whatIsUniqueInPartOnlyIsNoKeyAndNoName() {
    clinic.run(
        "CREATE TABLE room (a integer NOT NULL, b integer NOT NULL, c text, d text NOT NULL)",
        "CREATE UNIQUE INDEX ON room (a) WHERE b > 0",
        "CREATE UNIQUE INDEX ON room (b, lower(c))",
        "CREATE UNIQUE INDEX ON room (d) INCLUDE (a)");
    for (String part : List.of("a", "b")) {
      assertThat(
              check(
                  "{\"name\": \"room\", \"key\": \"%s\", \"columns\": [\"%s\"],"
                          .formatted(part, part)
                      + " \"row\": {\"natural\": [\"%s\"]}}".formatted(part)))
          .anyMatch(line -> line.startsWith("fault: room." + part + ": is to be the key, and is n"))
          .contains("note:  room: no rule keeps names made of [" + part + "] from coming twice");
    }
    assertThat(check("{\"name\": \"room\", \"key\": \"d\", \"mode\": \"push\"}"))
        .noneMatch(line -> line.startsWith("fault: room.d: is to be the key, and is not unique"));
  }

  @Test
  void whatAPrimaryKeyCarriesAlongIsNotToldByTheLog() {
    clinic.run(
        "CREATE TABLE bay (id integer NOT NULL, code text NOT NULL UNIQUE,"
            + " PRIMARY KEY (id) INCLUDE (code))");
    assertThat(check("{\"name\": \"bay\", \"key\": \"code\", \"mode\": \"push\"}"))
        .anyMatch(
            line -> line.startsWith("fault: bay.code: is to be the key, and PostgreSQL's log"));
    assertThat(check("{\"name\": \"bay\", \"mode\": \"push\"}"))
        .noneMatch(line -> line.startsWith("fault: bay"));
  }
}
