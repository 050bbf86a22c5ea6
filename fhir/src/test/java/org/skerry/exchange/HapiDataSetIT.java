package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.Synthea;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One patient's records go from HAPI's server, by its histories, into a node and on to another of
 * those servers. {@code -Dskerry.dataset=whole} sends all records, which need much time in HAPI's
 * servers.
 */
class HapiDataSetIT extends DataSetCase {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final boolean WHOLE = "whole".equals(System.getProperty("skerry.dataset"));

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
