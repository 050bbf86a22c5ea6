package org.skerry.fhir.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapesTest {
  @Test
  void separatorsPartUnlessTheyAreEscaped() {
    assertThat(Escapes.split("a,b\\,c,", ',')).containsExactly("a", "b\\,c", "");
    assertThat(Escapes.split("a\\\\,b", ',')).containsExactly("a\\\\", "b");
    assertThat(Escapes.split("", ',')).containsExactly("");
    assertThat(Escapes.split("a\\", ',')).containsExactly("a\\");
  }

  @Test
  void whatWasMeantComesBack() {
    assertThat(Escapes.unescape("a\\,b\\|c\\$d\\\\e")).isEqualTo("a,b|c$d\\e");
    assertThat(Escapes.unescape("C:\\temp\\")).isEqualTo("C:\\temp\\");
  }
}
