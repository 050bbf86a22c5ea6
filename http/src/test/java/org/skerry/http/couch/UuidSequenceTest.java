package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UuidSequenceTest {
  @Test
  void namesGrowUntilTheirBeginningChanges() {
    UuidSequence uuids = new UuidSequence();
    Set<String> seen = new HashSet<>();
    Set<String> beginnings = new HashSet<>();
    String before = uuids.next();
    for (int i = 0; i < 100_000; i++) {
      String next = uuids.next();
      assertThat(next).matches("[0-9a-f]{32}");
      String beginning = next.substring(0, 26);
      if (beginning.equals(before.substring(0, 26))) {
        assertThat(next).isGreaterThan(before);
      }
      beginnings.add(beginning);
      assertThat(seen.add(next)).isTrue();
      before = next;
    }
    // Steps are 2,047 on average, so a beginning lasts for about 8,000 names.
    assertThat(beginnings).hasSizeBetween(5, 30);
  }
}
