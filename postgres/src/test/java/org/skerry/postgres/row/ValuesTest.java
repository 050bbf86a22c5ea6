package org.skerry.postgres.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(Seeded.class)
class ValuesTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void textsAreSpelledAsEverybodySpellsThem() {
    assertThat(Values.quoted("a \"b\" \\ c/ñ\u20ac")).isEqualTo("\"a \\\"b\\\" \\\\ c/ñ\u20ac\"");
    assertThat(Values.quoted("\b\t\n\f\r\u0001\u001f"))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\u0001\\u001F\"");
  }

  @Test
  void whatIsSpelledIsReadAgain(SplittableRandom random) {
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int kind = random.nextInt(4);
        int code =
            switch (kind) {
              case 0 -> random.nextInt(1, 0x20);
              case 1 -> "\"\\/a".charAt(random.nextInt(4));
              case 2 -> random.nextInt(0x20, 0xD800);
              default -> random.nextInt(0x1_0000, 0x11_0000);
            };
        text.appendCodePoint(code);
      }
      String json = Values.quoted(text.toString());
      assertThat(MAPPER.readTree(json).stringValue()).isEqualTo(text.toString());
      assertThat(json).isEqualTo(MAPPER.writeValueAsString(text.toString()));
    }
  }
}
