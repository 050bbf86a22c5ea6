package org.skerry.postgres.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class KeyTest {
  @Test
  void theIdOfOneColumnIsWhatStandsInIt() {
    Key key = Key.of("code");
    assertThat(key.id(List.of("a,b%2C"))).isEqualTo("a,b%2C");
    assertThat(key.texts("a,b%2C")).contains(List.of("a,b%2C"));
  }

  @Test
  void theOrderInWhichAMappingNamesColumnsDoesNotMatter() {
    assertThat(Key.of("order", "line")).isEqualTo(Key.of("line", "order"));
    assertThat(Key.of("order", "line").is(List.of("order", "line"))).isTrue();
    assertThat(Key.of("order", "line").is(List.of("order"))).isFalse();
    assertThat(Key.of("line").is(List.of("order", "line"))).isFalse();
  }

  @Test
  void aRowWhoseKeyIsNotKnownWhollyHasNoId() {
    Map<String, Optional<String>> row = new HashMap<>(Map.of("line", Optional.of("3")));
    Key key = Key.of("line", "order");
    assertThat(key.id(name -> row.getOrDefault(name, Optional.empty()))).isEmpty();
    row.put("order", Optional.of(""));
    assertThat(key.id(name -> row.getOrDefault(name, Optional.empty()))).contains("3,");
  }

  @Test
  void whatIsNoIdOfAKeyIsNone() {
    assertThat(Key.of("a", "b").texts("17")).isEmpty();
    assertThat(Key.of("a", "b").texts("1,2,3")).isEmpty();
  }

  @Test
  void idsAreTheSameOnlyWhereAllColumnsAre(SplittableRandom random) {
    Key key = Key.of("a", "b", "c");
    Map<String, List<String>> known = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      List<String> texts = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        StringBuilder text = new StringBuilder();
        while (random.nextInt(3) > 0) {
          text.append(List.of(",", "%", "2C", "25", "x").get(random.nextInt(5)));
        }
        texts.add(text.toString());
      }
      String id = key.id(texts);
      assertThat(key.texts(id)).contains(texts);
      assertThat(known.merge(id, texts, (one, other) -> one)).isEqualTo(texts);
    }
  }
}
