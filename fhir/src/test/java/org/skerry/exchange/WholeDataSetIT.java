package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.fhir.Synthea;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The project's synthetic records, over lines that break at random: all of them from a node's feeds
 * into another node and on to a third; one patient's from HAPI's server, by its histories, and on
 * to another of those. {@code -Dskerry.dataset=whole} sends all of them through HAPI's servers,
 * which need most of the time.
 */
@ExtendWith(Seeded.class)
@Timeout(1_200)
class WholeDataSetIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int EDITED = 20;
  private static final int PAGE = 100;
  private static final boolean WHOLE = "whole".equals(System.getProperty("skerry.dataset"));

  /** What others refer to comes first: what waits for it is fetched twice. */
  private static final List<String> FIRST =
      List.of("Organization", "Location", "Practitioner", "Patient", "Encounter", "Condition");

  private static Set<String> types(Set<String> ids) {
    Set<String> types = new LinkedHashSet<>(FIRST);
    ids.forEach(id -> types.add(id.substring(0, id.indexOf('/'))));
    return types;
  }

  private static String flow(String direction, Set<String> types) {
    List<String> categories = new ArrayList<>();
    types.forEach(type -> categories.add("{\"type\":\"" + type + "\"}"));
    return ",\"" + direction + "\":{\"categories\":[" + String.join(",", categories) + "]}";
  }

  private static String partner(String base) {
    return "{\"database\":\"clinic\",\"base\":\"" + base + "\"";
  }

  private static void assertSame(Map<String, JsonNode> there, Map<String, JsonNode> here) {
    assertThat(here.keySet()).isEqualTo(there.keySet());
    there.forEach((id, json) -> assertThat(here.get(id).equals(json)).as(id).isTrue());
  }

  private static long written(Site site) {
    return site.clinic().store().now().number();
  }

  @Test
  void allOfItGoesFromFeedToFeedAndNothingComesBack(SplittableRandom random) {
    try (Site centre = new Site();
        Site clinic = new Site();
        Site national = new Site()) {
      for (Path bundle : Synthea.bundles()) {
        centre.expect("POST", "/fhir/clinic", Synthea.read(bundle));
      }
      Map<String, JsonNode> all = centre.contents();
      Set<String> types = types(all.keySet());
      centre.publish(PAGE, types);
      String feeds = ",\"feeds\":\"" + centre.url() + "/ws/atomfeed\"";
      String here = partner(centre.url() + "/fhir/clinic") + feeds + flow("pull", types);
      Runner pull = clinic.runner("centre", here + flow("push", types) + "}");
      new Interruptions(pull, centre::breaks, () -> written(clinic), all.size()).atRandom(random);
      assertSame(all, clinic.contents());
      String there = partner(national.url() + "/fhir/clinic") + flow("push", types) + "}";
      Runner push = clinic.runner("national", there);
      new Interruptions(push, national::breaks, () -> written(national), all.size())
          .atRandom(random);
      assertSame(all, national.contents());
      long atCentre = written(centre);
      assertThat(pull.runOnce().error()).isEmpty();
      assertThat(push.runOnce().error()).isEmpty();
      assertThat(List.of(written(centre), written(national)))
          .as("no echo")
          .containsExactly(atCentre, (long) all.size());
      List<String> ids =
          all.keySet().stream().filter(id -> id.startsWith("Observation/")).sorted().toList();
      bothEdit(centre, clinic, pull, ids, random);
    }
  }

  /** Records that both sides change are conflicts here, and nobody's words are lost. */
  private static void bothEdit(
      Site centre, Site clinic, Runner runner, List<String> ids, SplittableRandom random) {
    Set<String> edited = new LinkedHashSet<>();
    while (edited.size() < EDITED) {
      edited.add(ids.get(random.nextInt(ids.size())));
    }
    String body = "\"status\":\"amended\",\"code\":{\"text\":\"";
    edited.forEach(id -> centre.put(id, body + "centre\"}"));
    edited.forEach(id -> clinic.put(id, body + "clinic\"}"));
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(runner.runOnce().error()).isEmpty();
    for (String id : edited) {
      assertThat(clinic.versions(id)).as(id).isEqualTo(2);
      assertThat(centre.get(id).path("code").path("text").asString()).isEqualTo("centre");
    }
    assertThat(clinic.messages("?status=conflict&limit=100")).hasSize(EDITED);
    assertThat(clinic.expect("GET", "/clinic", "").path("conflict_count").asInt())
        .isEqualTo(EDITED);
  }

  /** Bundles for HAPI's servers. */
  private static List<String> some() {
    return WHOLE
        ? Synthea.bundles().stream().map(Synthea::read).toList()
        : List.of(Synthea.bundle("13-"));
  }

  @Test
  void aServerWithoutFeedsIsReadByItsHistoriesAndSentTo(SplittableRandom random) throws Exception {
    List<JsonNode> resources = new ArrayList<>();
    some()
        .forEach(
            bundle ->
                MAPPER
                    .readTree(bundle)
                    .path("entry")
                    .forEach(entry -> resources.add(entry.path("resource"))));
    // Its server shows a type's history as one page.
    Map<String, Long> types =
        resources.stream()
            .collect(
                Collectors.groupingBy(
                    resource -> resource.path("resourceType").asString(),
                    TreeMap::new,
                    Collectors.counting()));
    try (HapiServer source = new HapiServer(false, List.copyOf(types.keySet()));
        HapiServer target = new HapiServer(false, List.copyOf(types.keySet()));
        Site clinic = new Site()) {
      resources.forEach(resource -> source.put(resource.toString()));
      int count = resources.size();
      Runner pull =
          clinic.runner("source", partner(source.base()) + flow("pull", types.keySet()) + "}");
      new Interruptions(pull, source::breaks, () -> written(clinic), count)
          .between(List.copyOf(types.values()), random);
      Map<String, JsonNode> all = source.contents();
      assertThat(all).hasSize(count);
      assertSame(all, clinic.served());
      Runner push =
          clinic.runner("target", partner(target.base()) + flow("push", types.keySet()) + "}");
      new Interruptions(push, target::breaks, target::versions, count).atRandom(random);
      assertSame(all, target.contents());
      assertThat(target.versions()).as("nothing was sent twice").isEqualTo(count);
      assertThat(pull.runOnce().error()).isEmpty();
      assertThat(push.runOnce().error()).isEmpty();
      assertThat(List.of(source.versions(), target.versions()))
          .as("no echo")
          .containsOnly((long) count);
    }
  }
}
