package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.Tryton;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two real Trytons, each with a node beside it, and a node between them. Whoever works with one of
 * the applications does so through its own RPC; the nodes are never asked to write.
 */
@Timeout(1800)
class TrytonIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Path MAPPING = Path.of("..", "docs", "tryton", "party.json");

  /** With what belongs to them, those of both places are more than a page of apply's. */
  private static final int PARTIES = 250;

  @TempDir Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  /** A Tryton with a node beside it. */
  private record Place(String name, Tryton tryton, TrytonDesk desk, NodeProcess node) {}

  private NodeProcess node(String name) throws Exception {
    NodeProcess node = NodeProcess.start(folder.resolve(name));
    open.add(node);
    node.expect(201, "PUT", "/health", "");
    return node;
  }

  private Place place(String name, boolean central, long seed) throws Exception {
    Tryton tryton = Tryton.start(PostgresServer.shared(), name);
    open.add(tryton);
    NodeProcess node = node(name);
    node.expect(201, "PUT", "/_postgres", "");
    String satellite =
        """
        {"url": "%s", "user": "%s", "password": "%s", "database": "health", "site": "%s",
         "central": %s, "rpc": {"url": "%s", "user": "%s", "password": "%s"}, "mapping": %s}
        """
            .formatted(
                tryton.database().url(),
                PostgresServer.USER,
                PostgresServer.PASSWORD,
                name,
                central,
                tryton.access().url(),
                tryton.access().user(),
                tryton.access().password(),
                Files.readString(MAPPING));
    node.expect(201, "PUT", "/_postgres/tryton", satellite);
    return new Place(name, tryton, new TrytonDesk(tryton, seed), node);
  }

  /** Lets a place reach the centre, or not. */
  private static void line(Place place, NodeProcess centre, boolean up) throws Exception {
    NodeProcess node = place.node();
    if (node.send("GET", "/_replicator", "").statusCode() == 404) {
      node.expect(201, "PUT", "/_replicator", "");
    }
    String there = centre.urlWithCredentials() + "/health";
    for (String direction : List.of("push", "pull")) {
      boolean push = direction.equals("push");
      String path = "/_replicator/" + direction;
      if (up) {
        node.expect(
            201,
            "PUT",
            path,
            "{\"source\":\"%s\",\"target\":\"%s\",\"continuous\":true}"
                .formatted(push ? "health" : there, push ? there : "health"));
      } else {
        String rev = MAPPER.readTree(node.expect(200, "GET", path, "")).path("_rev").asString();
        node.expect(200, "DELETE", path + "?rev=" + rev, "");
      }
    }
  }

  /** Both directions of a place's satellite, until they have done what there was to do. */
  private static JsonNode run(Place place) throws Exception {
    JsonNode status =
        MAPPER.readTree(
            place.node().send("POST", "/_postgres/_status/tryton/run?wait=300", "").body());
    for (String direction : List.of("push", "pull")) {
      assertThat(status.path(direction).path("error").asString(""))
          .as(direction + " at " + place.name())
          .isEmpty();
    }
    return status;
  }

  private static String fingerprint(NodeProcess node) throws Exception {
    return node.expect(200, "POST", "/health/_fingerprint", "{\"ranges\":[\"\"]}");
  }

  /**
   * Waits until all nodes hold the same, and both applications show it. Rows are captured whenever
   * they were written, also while a round is under way: only a round that begins and ends with all
   * nodes holding the same has applied all of it, and its own rows are met by a second one.
   */
  private static void settle(NodeProcess centre, Place... places) throws Exception {
    int calm = 0;
    while (calm < 2) {
      String before = fingerprint(centre);
      boolean same = holdAll(before, places);
      for (Place place : places) {
        JsonNode pull = run(place).path("pull");
        same &= pull.path("pending").asLong(1) == 0 && pull.path("waiting").asLong(1) == 0;
      }
      same &= fingerprint(centre).equals(before) && holdAll(before, places);
      calm = same ? calm + 1 : 0;
      if (!same) {
        // Whatever comes next comes through the centre.
        centre.expect(200, "GET", "/health/_changes?feed=longpoll&since=now&timeout=1000", "");
      }
    }
  }

  private static boolean holdAll(String fingerprint, Place... places) throws Exception {
    for (Place place : places) {
      if (!fingerprint(place.node()).equals(fingerprint)) {
        return false;
      }
    }
    return true;
  }

  /** Says which records differ, and not what a thousand others are. */
  private static void assertSame(Map<String, String> expected, Map<String, String> shown) {
    Map<String, String> missing = new TreeMap<>(expected);
    missing.entrySet().removeAll(shown.entrySet());
    Map<String, String> surplus = new TreeMap<>(shown);
    surplus.entrySet().removeAll(expected.entrySet());
    assertThat(surplus).isEqualTo(missing);
  }

  /** Both create while neither hears of the other: their sequences give the same codes. */
  private static void registerApart(NodeProcess centre, Place coast, Place hill, int count)
      throws Exception {
    line(hill, centre, false);
    coast.desk().register(count);
    hill.desk().register(count);
    line(hill, centre, true);
  }

  /**
   * Both create in turns, what the other one made having arrived. None is refused, and none has to
   * give way: each goes on behind the codes of all.
   */
  private static void registerInTurns(NodeProcess centre, Place coast, Place hill)
      throws Exception {
    Set<String> before = codes(coast);
    for (Place place : List.of(coast, hill, coast)) {
      place.desk().register(2);
      settle(centre, coast, hill);
    }
    Set<String> made = codes(coast);
    made.removeAll(before);
    assertThat(made).hasSize(6).allMatch(code -> code.matches("[0-9]+")).isSubsetOf(codes(hill));
  }

  private static Set<String> codes(Place place) {
    return new TreeSet<>(place.tryton().database().rows("SELECT code FROM party_party"));
  }

  @Test
  void bothShowTheSameWhateverHappenedWhileTheyWereApart() throws Exception {
    NodeProcess centre = node("between");
    Place coast = place("coast", true, 1);
    Place hill = place("hill", false, 2);

    // Both begin by themselves: the same codes, the same categories, the same country.
    coast.desk().register(PARTIES);
    hill.desk().register(PARTIES);
    line(coast, centre, true);
    line(hill, centre, true);
    settle(centre, coast, hill);
    Map<String, String> records = coast.desk().records();
    assertThat(records).hasSize(2 * PARTIES);
    assertSame(records, hill.desk().records());
    assertThat(records).containsKeys("1", "1-hill");

    // Both go on, as if there was nobody else.
    registerApart(centre, coast, hill, 10);
    settle(centre, coast, hill);
    assertThat(coast.desk().records()).hasSize(2 * PARTIES + 20);

    // Cut off, both change, create and delete.
    line(hill, centre, false);
    coast.desk().rename(coast.desk().party("7"), "Seven of the coast");
    hill.desk().rename(hill.desk().party("7"), "Seven of the hill");
    coast.desk().rename(coast.desk().party("8"), "Eight of the coast");
    hill.desk().rename(hill.desk().party("9"), "Nine of the hill");
    coast.desk().delete(coast.desk().party("10"));
    hill.desk().delete(hill.desk().party("11-hill"));
    coast.desk().register(20);
    hill.desk().register(20);
    run(hill);
    line(hill, centre, true);
    settle(centre, coast, hill);

    records = coast.desk().records();
    assertSame(records, hill.desk().records());
    assertThat(records).hasSize(2 * PARTIES + 20 + 40 - 2);
    assertThat(records.get("8")).startsWith("Eight of the coast");
    assertThat(records.get("9")).startsWith("Nine of the hill");
    assertThat(records).doesNotContainKeys("10", "11-hill");
    assertThat(records.get("7")).startsWith("Seven of the ");

    // Neither edit of the same party is lost: the other one stands in the list of conflicts.
    JsonNode conflicts = MAPPER.readTree(centre.expect(200, "GET", "/health/_conflicts", ""));
    assertThat(conflicts.path("total_rows").asInt(conflicts.path("rows").size())).isEqualTo(1);

    registerInTurns(centre, coast, hill);
    assertSame(coast.desk().records(), hill.desk().records());
  }
}
