package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;

/**
 * The project's synthetic records, over lines that break at random. A class for each way, so that
 * they run beside each other.
 */
@ExtendWith(Seeded.class)
@Timeout(1_200)
abstract class DataSetCase {
  /** What others refer to comes first: what waits for it is fetched twice. */
  static final List<String> FIRST =
      List.of("Organization", "Location", "Practitioner", "Patient", "Encounter", "Condition");

  static Set<String> types(Set<String> ids) {
    Set<String> types = new LinkedHashSet<>(FIRST);
    ids.forEach(id -> types.add(id.substring(0, id.indexOf('/'))));
    return types;
  }

  static String flow(String direction, Set<String> types) {
    List<String> categories = new ArrayList<>();
    types.forEach(type -> categories.add("{\"type\":\"" + type + "\"}"));
    return ",\"" + direction + "\":{\"categories\":[" + String.join(",", categories) + "]}";
  }

  static String partner(String base) {
    return "{\"database\":\"clinic\",\"base\":\"" + base + "\"";
  }

  static void assertSame(Map<String, JsonNode> there, Map<String, JsonNode> here) {
    assertThat(here.keySet()).isEqualTo(there.keySet());
    there.forEach((id, json) -> assertThat(here.get(id).equals(json)).as(id).isTrue());
  }

  static long written(Site site) {
    return site.clinic().store().now().number();
  }
}
