package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class RowTextTest {
  private static Cell text(String text) {
    return new Cell.Text(text);
  }

  @Test
  void valuesAreSplitAtCommas() {
    assertThat(RowText.parse("(1,Ada,,\"\")"))
        .containsExactly(text("1"), text("Ada"), Cell.NULL, text(""));
    assertThat(RowText.parse("(,)")).containsExactly(Cell.NULL, Cell.NULL);
    assertThat(RowText.parse("()")).isEmpty();
  }

  @Test
  void quotesAndBackslashesStandForThemselves() {
    assertThat(RowText.parse("(\"a, \"\"b\"\" \\\\ (c)\",\"{1,2}\")"))
        .containsExactly(text("a, \"b\" \\ (c)"), text("{1,2}"));
  }

  @Test
  void whatIsSpelledIsRead(SplittableRandom random) {
    for (int round = 0; round < 1_000; round++) {
      List<Cell> cells = new ArrayList<>();
      StringBuilder spelled = new StringBuilder("(");
      int count = 2 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        spelled.append(i > 0 ? "," : "");
        if (random.nextInt(4) == 0) {
          cells.add(Cell.NULL);
          continue;
        }
        String value = value(random);
        cells.add(text(value));
        spelled.append('"');
        spelled.append(value.replace("\\", "\\\\").replace("\"", "\"\"")).append('"');
      }
      assertThat(RowText.parse(spelled.append(')').toString())).isEqualTo(cells);
    }
  }

  private static String value(SplittableRandom random) {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      value.append("ab,\"\\()ñ\n ".charAt(random.nextInt(10)));
    }
    return value.toString();
  }
}
