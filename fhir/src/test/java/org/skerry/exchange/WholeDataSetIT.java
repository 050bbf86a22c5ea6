package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.Synthea;
import tools.jackson.databind.JsonNode;

/** All synthetic records go from a node's feeds into another node and on to a third. */
class WholeDataSetIT extends DataSetCase {
  private static final int EDITED = 20;
  private static final int PAGE = 100;

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
}
