package org.skerry.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SelectorPropertyTest {
  private static final RevId REV = RevId.parse("1-0123456789abcdef0123456789abcdef");

  @Test
  void agreesWithTheDefinition() {
    int matched = 0;
    int compiled = 0;
    for (int seed = 0; seed < 60_000; seed++) {
      RandomJson random = new RandomJson(seed);
      String selector = random.selector(3);
      Selector subject;
      try {
        subject = Asked.selector(selector);
      } catch (InvalidSelectorException e) {
        assertThat(e.error()).as(selector).isEqualTo("invalid_selector");
        continue;
      }
      compiled++;
      ObjectNode document = (ObjectNode) Asked.json(random.document());
      boolean expected = NaiveSelector.matches(Asked.json(selector), document);
      assertThat(subject.matches(document))
          .as("seed %d: %s of %s", seed, selector, document)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
      document.remove("_id");
      // Written and read again: 1e0 is written as 1, which $mod tells apart.
      String written = document.toString();
      Body body = Body.parse(written);
      assertThat(subject.matches(new Candidate(DocId.of("p1"), REV, false, List.of(), body)))
          .as("seed %d, stored: %s of %s", seed, selector, document)
          .isEqualTo(subject.matches(withSpecialsFirst((ObjectNode) Asked.json(written))));
    }
    // The generator must keep producing both answers, or the test says nothing.
    assertThat(matched).isBetween(compiled / 10, compiled * 9 / 10);
  }

  private static JsonNode withSpecialsFirst(ObjectNode document) {
    ObjectNode ordered = document.objectNode();
    ordered.put("_id", "p1").put("_rev", REV.toString());
    document.forEachEntry(ordered::set);
    return ordered;
  }

  @Test
  void anyJsonIsASelectorOrRefused() {
    int refused = 0;
    for (int seed = 0; seed < 40_000; seed++) {
      RandomJson random = new RandomJson(seed);
      JsonNode json = Asked.json(random.noise(4));
      try {
        Selector selector = Selector.parse(json);
        selector.matches(Asked.json(random.document()));
      } catch (InvalidSelectorException e) {
        refused++;
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(1_000, 39_000);
  }
}
