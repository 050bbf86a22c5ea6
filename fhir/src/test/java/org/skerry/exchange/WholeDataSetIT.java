package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.fhir.Synthea;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The project's synthetic records, over lines that break at random: all of them from a node's feeds
 * into another node and on to a third; some from HAPI's server, by its histories, and back.
 */
@ExtendWith(Seeded.class)
@Timeout(1_200)
class WholeDataSetIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int BREAKS = 10;
  private static final int EDITED = 20;

  private final List<String> bundles = Synthea.bundles().stream().map(Synthea::read).toList();

  private static Set<String> types(List<String> bundles) {
    Set<String> types = new LinkedHashSet<>();
    for (String bundle : bundles) {
      for (JsonNode entry : MAPPER.readTree(bundle).path("entry")) {
        types.add(entry.path("resource").path("resourceType").asString());
      }
    }
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

  /** Runs until nothing is left to do, with a break at a random request of ten runs. */
  private static void runBroken(
      Runner runner, Consumer<BooleanSupplier> breaks, SplittableRandom random, int requests) {
    int broken = 0;
    for (int i = 0; i < 2 * BREAKS && broken < BREAKS; i++) {
      // Whatever is left to do, a run asks for a page of each feed, or sends what is set aside.
      int left = random.nextInt(Math.max(2, requests >> i));
      int[] asked = {0};
      breaks.accept(() -> asked[0]++ == left);
      broken += runner.runOnce().error().isPresent() ? 1 : 0;
    }
    breaks.accept(() -> false);
    assertThat(broken).isGreaterThanOrEqualTo(1);
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(runner.letters()).isEmpty();
  }

  private static void assertSame(Map<String, JsonNode> there, Map<String, JsonNode> here) {
    assertThat(here.keySet()).isEqualTo(there.keySet());
    there.forEach((id, json) -> assertThat(here.get(id)).as(id).isEqualTo(json));
  }

  private static void load(Site site, List<String> bundles) {
    bundles.forEach(bundle -> site.expect("POST", "/fhir/clinic", bundle));
  }

  private static long written(Site site) {
    return site.clinic().store().now().number();
  }

  @Test
  void allOfItGoesFromFeedToFeedAndNothingComesBack(SplittableRandom random) {
    try (Site centre = new Site();
        Site clinic = new Site();
        Site national = new Site()) {
      load(centre, bundles);
      Set<String> types = types(bundles);
      centre.publish(100, types);
      String feeds = ",\"feeds\":\"" + centre.url() + "/ws/atomfeed\"";
      String here = partner(centre.url() + "/fhir/clinic") + feeds + flow("pull", types);
      Runner pull = clinic.runner("centre", here + flow("push", types) + "}");
      runBroken(pull, centre::breaks, random, 12_000);
      assertSame(centre.contents(), clinic.contents());
      String there = partner(national.url() + "/fhir/clinic") + flow("push", types) + "}";
      Runner push = clinic.runner("national", there);
      runBroken(push, national::breaks, random, 24_000);
      assertSame(centre.contents(), national.contents());
      long atCentre = written(centre);
      long atNational = written(national);
      assertThat(pull.runOnce().error()).isEmpty();
      assertThat(push.runOnce().error()).isEmpty();
      assertThat(List.of(written(centre), written(national)))
          .as("no echo")
          .containsExactly(atCentre, atNational);
      bothEdit(centre, clinic, pull, random);
    }
  }

  /** Records that both sides change are conflicts here, and nobody's words are lost. */
  private static void bothEdit(Site centre, Site clinic, Runner runner, SplittableRandom random) {
    List<String> ids =
        centre.contents().keySet().stream()
            .filter(id -> id.startsWith("Observation/"))
            .sorted()
            .toList();
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

  @Test
  void aServerWithoutFeedsIsReadByItsHistoriesAndSentTo(SplittableRandom random) throws Exception {
    List<String> some = List.of(bundles.get(2), bundles.get(9));
    Set<String> types = types(some);
    try (HapiServer source = new HapiServer(false, List.copyOf(types));
        HapiServer target = new HapiServer(false, List.copyOf(types));
        Site clinic = new Site()) {
      int count = 0;
      for (String bundle : some) {
        for (JsonNode entry : MAPPER.readTree(bundle).path("entry")) {
          source.put(entry.path("resource").toString());
          count++;
        }
      }
      Runner pull = clinic.runner("source", partner(source.base()) + flow("pull", types) + "}");
      runBroken(pull, source::breaks, random, types.size());
      assertThat(clinic.contents()).hasSize(count);
      assertSame(source.contents(), clinic.contents());
      Runner push = clinic.runner("target", partner(target.base()) + flow("push", types) + "}");
      runBroken(push, target::breaks, random, 2 * count);
      assertSame(source.contents(), target.contents());
      assertThat(target.versions()).as("nothing was sent twice").isEqualTo(count);
      assertThat(pull.runOnce().error()).isEmpty();
      assertThat(push.runOnce().error()).isEmpty();
      assertThat(List.of(source.versions(), target.versions()))
          .as("no echo")
          .containsOnly((long) count);
    }
  }
}
