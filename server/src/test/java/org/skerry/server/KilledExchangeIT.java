package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node that exchanges with another is killed in the middle, again and again: in the end both have
 * the same, nothing was sent twice, and nothing came back.
 */
@ExtendWith(Seeded.class)
@Timeout(600)
class KilledExchangeIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int ROUNDS = 4;
  private static final int EACH = 60;

  @TempDir Path folder;

  private static void write(NodeProcess node, String prefix) throws Exception {
    for (int i = 0; i < EACH; i++) {
      String id = prefix + i;
      node.expect(
          201,
          "PUT",
          "/clinic/Patient%2F" + id,
          "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"name\":[{\"family\":\"F\"}]}");
    }
  }

  private static String description(NodeProcess centre) {
    String categories = "\"categories\":[{\"type\":\"Patient\"}]}";
    return "{\"database\":\"clinic\",\"base\":\""
        + centre.url()
        + "/fhir/clinic\",\"feeds\":\""
        + centre.url()
        + "/ws/atomfeed\",\"auth\":{\"username\":\"admin\",\"password\":\""
        + NodeProcess.PASSWORD
        + "\"},\"retry\":{\"first_seconds\":1,\"most_seconds\":2},"
        + "\"pull\":{\"schedule\":1,"
        + categories
        + ",\"push\":{\"schedule\":1,\"on_change\":true,"
        + categories
        + "}";
  }

  /** Documents and their revisions. */
  private static Map<String, String> patients(NodeProcess node) throws Exception {
    Map<String, String> found = new TreeMap<>();
    String all = node.expect(200, "GET", "/clinic/_all_docs?startkey=%22Patient/%22", "");
    for (JsonNode row : MAPPER.readTree(all).path("rows")) {
      found.put(row.path("id").asString(), row.path("value").path("rev").asString());
    }
    return found;
  }

  private static void awaitPatients(NodeProcess node, int count) throws Exception {
    String since = "0";
    while (patients(node).size() < count) {
      String changes =
          node.expect(
              200, "GET", "/clinic/_changes?feed=longpoll&timeout=30000&since=" + since, "");
      since = MAPPER.readTree(changes).path("last_seq").asString("0");
    }
  }

  @Test
  void nothingIsLostOrSentTwiceHoweverOftenANodeIsKilled(SplittableRandom random) throws Exception {
    Path data = folder.resolve("clinic");
    try (NodeProcess centre = NodeProcess.start(folder.resolve("centre"))) {
      centre.expect(201, "PUT", "/clinic", "");
      centre.expect(201, "PUT", "/_feeds", "");
      centre.expect(
          201,
          "PUT",
          "/_feeds/patient",
          "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":9}");
      write(centre, "first");
      try (NodeProcess clinic = NodeProcess.start(data)) {
        clinic.expect(201, "PUT", "/clinic", "");
        clinic.expect(201, "PUT", "/_exchange", "");
        clinic.expect(201, "PUT", "/_exchange/centre", description(centre));
      }
      for (int round = 0; round < ROUNDS; round++) {
        NodeProcess clinic = NodeProcess.start(data);
        write(clinic, "here" + round + "n");
        write(centre, "there" + round + "n");
        awaitPatients(centre, EACH * (2 * round + 2) + random.nextInt(EACH));
        clinic.kill();
      }
      int all = EACH * (2 * ROUNDS + 1);
      try (NodeProcess clinic = NodeProcess.start(data)) {
        awaitPatients(centre, all);
        awaitPatients(clinic, all);
        assertThat(patients(clinic).keySet()).isEqualTo(patients(centre).keySet());
        assertThat(patients(centre).values()).as("sent once").allMatch(rev -> rev.startsWith("1-"));
        assertThat(patients(clinic).values()).as("no echo").allMatch(rev -> rev.startsWith("1-"));
        assertThat(
                MAPPER
                    .readTree(clinic.expect(200, "GET", "/clinic", ""))
                    .path("conflict_count")
                    .asInt())
            .isZero();
        JsonNode status = MAPPER.readTree(clinic.expect(200, "GET", "/_exchange/_status", ""));
        assertThat(status.path("partners").path(0).path("set_aside").asInt()).isZero();
      }
    }
  }
}
