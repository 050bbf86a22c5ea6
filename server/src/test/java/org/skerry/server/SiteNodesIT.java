package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes that are sites of others: the real program, with its command line. */
@Timeout(300)
class SiteNodesIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RULES =
      "{\"rules\":[{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"follow\":\"/of\"}]}";

  @TempDir Path folder;

  private NodeProcess start(String name) throws IOException {
    return NodeProcess.start(folder.resolve(name));
  }

  /** A node with rules and sites, each of which has a user of its name. */
  private NodeProcess centre(String name, String... sites) throws Exception {
    NodeProcess centre = start(name);
    centre.send("PUT", "/_users", "");
    centre.expect(201, "PUT", "/care", "");
    centre.expect(200, "PUT", "/care/_scope", RULES);
    for (String site : sites) {
      centre.expect(
          201,
          "PUT",
          "/_users/org.couchdb.user:" + site,
          "{\"name\":\"%s\",\"password\":\"tide\",\"roles\":[],\"type\":\"user\"}".formatted(site));
      centre.expect(
          201,
          "PUT",
          "/_sites/" + site,
          "{\"users\":\"%s\",\"place\":\"%s\"}".formatted(site, site));
    }
    return centre;
  }

  private NodeProcess clinic(String name) throws Exception {
    NodeProcess clinic = start(name);
    clinic.expect(201, "PUT", "/care", "");
    return clinic;
  }

  private static String as(String site, NodeProcess centre) {
    return centre.url().toString().replace("://", "://" + site + ":tide@").replaceAll("/$", "")
        + "/care";
  }

  private static void pull(String site, NodeProcess centre, NodeProcess clinic) throws Exception {
    clinic.expect(
        200,
        "POST",
        "/_replicate",
        "{\"source\":\"%s\",\"target\":\"care\"}".formatted(as(site, centre)));
  }

  private static void push(String site, NodeProcess clinic, NodeProcess centre) throws Exception {
    clinic.expect(
        200,
        "POST",
        "/_replicate",
        "{\"source\":\"care\",\"target\":\"%s\"}".formatted(as(site, centre)));
  }

  /** Looks until documents have followed what was changed; how long that takes nobody claims. */
  private static void settled(NodeProcess centre, String site) throws Exception {
    while (centre
        .expect(200, "GET", "/care/_subset?site=" + site, "")
        .contains("\"following\":true")) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void save(NodeProcess node, String id, String json) throws Exception {
    String there = node.send("GET", "/care/" + id, "").body();
    JsonNode rev = JSON.readTree(there).path("_rev");
    String query = rev.isString() ? "?rev=" + rev.stringValue() : "";
    node.expect(201, "PUT", "/care/" + id + query, json);
  }

  private static void patient(NodeProcess node, String id, String at) throws Exception {
    save(node, id, "{\"type\":\"patient\",\"at\":\"%s\"}".formatted(at));
  }

  private static void notes(NodeProcess node, String patient, int count) throws Exception {
    String docs =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{\"_id\":\"%s-note-%d\",\"type\":\"note\",\"of\":\"%s\",\"i\":%d}"
                        .formatted(patient, i, patient, i))
            .collect(Collectors.joining(",", "{\"docs\":[", "]}"));
    node.expect(201, "POST", "/care/_bulk_docs", docs);
  }

  private static List<String> ids(NodeProcess node) throws Exception {
    JsonNode rows = JSON.readTree(node.expect(200, "GET", "/care/_all_docs", "")).path("rows");
    return rows.valueStream().map(row -> row.path("id").asString("")).toList();
  }

  private static long count(NodeProcess node, String prefix) throws Exception {
    return ids(node).stream().filter(id -> id.startsWith(prefix)).count();
  }

  /** What a command ended with, and what it said. */
  private record Ended(int status, String said) {}

  private static Ended verify(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new Verify());
    command.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int status = command.execute(arguments);
    return new Ended(status, said.toString());
  }

  private static Ended verify(String site, NodeProcess clinic, NodeProcess centre, String... more) {
    String[] both = {clinic.urlWithCredentials() + "/care", as(site, centre)};
    String[] all = Arrays.copyOf(both, 2 + more.length);
    System.arraycopy(more, 0, all, 2, more.length);
    return verify(all);
  }

  @Test
  void aClinicHasWhatTheCentreSaysAndVerifyFindsAndMendsTheRest() throws Exception {
    try (NodeProcess centre = centre("centre", "hill", "shore");
        NodeProcess hill = clinic("hill")) {
      patient(centre, "p1", "hill");
      notes(centre, "p1", 120);
      patient(centre, "q1", "shore");
      notes(centre, "q1", 30);
      settled(centre, "hill");
      pull("hill", centre, hill);
      assertThat(count(hill, "")).isEqualTo(121);
      assertThat(verify("hill", hill, centre).said()).contains("equal");

      patient(centre, "q1", "hill");
      settled(centre, "hill");
      pull("hill", centre, hill);
      assertThat(count(hill, "q1")).isEqualTo(31);

      patient(centre, "p1", "shore");
      settled(centre, "hill");
      pull("hill", centre, hill);
      assertThat(count(hill, "p1")).isZero();
      push("hill", hill, centre);
      assertThat(count(centre, "p1")).as("nothing is deleted at the centre").isEqualTo(121);
      assertThat(verify("hill", hill, centre)).isEqualTo(equal());

      lose(hill, "q1-note-7");
      save(hill, "q1-note-8", "{\"type\":\"note\",\"of\":\"q1\",\"text\":\"not pushed\"}");
      Ended differing = verify("hill", hill, centre);
      assertThat(differing.status()).isEqualTo(Main.FAILED);
      assertThat(differing.said())
          .contains("q1-note-7", "the site has to pull it", "q1-note-8", "2 documents differ");
      Ended mended = verify("hill", hill, centre, "--repair");
      assertThat(mended.status()).as(mended.said()).isZero();
      assertThat(centre.expect(200, "GET", "/care/q1-note-8", "")).contains("not pushed");
      assertThat(count(hill, "q1")).isEqualTo(31);
    }
  }

  private static Ended equal() {
    return new Ended(0, "equal" + System.lineSeparator());
  }

  /** As a disk may lose a document: without a trace. */
  private static void lose(NodeProcess node, String id) throws Exception {
    String rev =
        JSON.readTree(node.expect(200, "GET", "/care/" + id, "")).path("_rev").stringValue();
    node.expect(201, "POST", "/care/_purge", "{\"%s\":[\"%s\"]}".formatted(id, rev));
  }

  @Test
  void aSiteThatIsKilledInTheMiddleOfAMoveEndsWithItsSubset() throws Exception {
    try (NodeProcess centre = centre("centre", "hill", "shore")) {
      Path data = folder.resolve("hill");
      NodeProcess hill = NodeProcess.start(data);
      hill.expect(201, "PUT", "/care", "");
      patient(centre, "p1", "hill");
      notes(centre, "p1", 900);
      patient(centre, "q1", "shore");
      notes(centre, "q1", 900);
      settled(centre, "hill");
      pull("hill", centre, hill);
      save(hill, "p1-note-3", "{\"type\":\"note\",\"of\":\"p1\",\"text\":\"written offline\"}");
      for (int round = 0; round < 2; round++) {
        patient(centre, "p1", round == 0 ? "shore" : "hill");
        patient(centre, "q1", round == 0 ? "hill" : "shore");
        settled(centre, "hill");
        NodeProcess working = hill;
        Thread pulling =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        pull("hill", centre, working);
                      } catch (IOException killed) {
                        System.err.println("as expected, the site was killed: " + killed);
                      } catch (Exception e) {
                        throw new AssertionError(e);
                      }
                    });
        hill.expect(200, "GET", "/care/_changes?feed=longpoll&since=now&timeout=5000&limit=1", "");
        hill.kill();
        pulling.join();
        hill = NodeProcess.start(data);
      }
      pull("hill", centre, hill);
      push("hill", hill, centre);
      settled(centre, "hill");
      pull("hill", centre, hill);
      assertThat(centre.expect(200, "GET", "/care/p1-note-3", "")).contains("written offline");
      assertThat(count(hill, "p1")).isEqualTo(901);
      assertThat(count(hill, "q1")).isZero();
      assertThat(count(centre, "q1")).isEqualTo(901);
      assertThat(verify("hill", hill, centre)).isEqualTo(equal());
      hill.close();
    }
  }

  @Test
  void aDistrictIsASiteOfTheNationAndTheCentreOfItsClinics() throws Exception {
    try (NodeProcess nation = centre("nation", "north", "south");
        NodeProcess district = centre("district", "hill", "shore");
        NodeProcess hill = clinic("hill")) {
      nation.expect(
          201,
          "PUT",
          "/_sites/hill",
          "{\"type\":\"place\",\"parent\":\"north\",\"name\":\"Hill\"}");
      nation.expect(
          201,
          "PUT",
          "/_sites/cape",
          "{\"type\":\"place\",\"parent\":\"south\",\"name\":\"Cape\"}");
      patient(nation, "p1", "hill");
      notes(nation, "p1", 40);
      patient(nation, "r1", "cape");
      notes(nation, "r1", 40);
      settled(nation, "north");
      down(nation, district, hill);
      assertThat(count(district, "r1")).isZero();
      assertThat(count(hill, "p1")).isEqualTo(41);

      save(hill, "p1-note-1", "{\"type\":\"note\",\"of\":\"p1\",\"text\":\"from the clinic\"}");
      push("hill", hill, district);
      push("north", district, nation);
      assertThat(nation.expect(200, "GET", "/care/p1-note-1", "")).contains("from the clinic");

      patient(nation, "p1", "cape");
      patient(nation, "r1", "hill");
      settled(nation, "north");
      down(nation, district, hill);
      assertThat(count(district, "p1")).isZero();
      assertThat(count(hill, "p1")).isZero();
      assertThat(count(hill, "r1")).isEqualTo(41);
      push("hill", hill, district);
      push("north", district, nation);
      assertThat(count(nation, "p1")).isEqualTo(41);
      assertThat(verify("north", district, nation)).isEqualTo(equal());
      assertThat(verify("hill", hill, district)).isEqualTo(equal());
    }
  }

  private static void down(NodeProcess nation, NodeProcess district, NodeProcess hill)
      throws Exception {
    pull("north", nation, district);
    settled(district, "hill");
    pull("hill", district, hill);
  }
}
