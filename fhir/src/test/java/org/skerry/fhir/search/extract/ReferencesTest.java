package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.extract.References.Target;

class ReferencesTest {
  private static Target of(String text) {
    return References.parse(text).orElseThrow();
  }

  @Test
  void relativeOnesAreLocal() {
    assertThat(of("Patient/a.b-1")).isEqualTo(new Target("", "Patient", "a.b-1"));
    assertThat(of("Patient/1/_history/3")).isEqualTo(new Target("", "Patient", "1"));
    assertThat(of("Patient/1").isLocal()).isTrue();
    assertThat(of("Patient/1").path()).isEqualTo("Patient/1");
  }

  @Test
  void absoluteOnesKeepTheirUrl() {
    assertThat(of("http://x/fhir/Patient/1/_history/3"))
        .isEqualTo(new Target("http://x/fhir/Patient/1", "Patient", "1"));
    assertThat(of("urn:uuid:0c3151bd")).isEqualTo(new Target("urn:uuid:0c3151bd", "", ""));
    assertThat(of("http://x/a?b=c")).isEqualTo(new Target("http://x/a?b=c", "", ""));
  }

  @Test
  void whatNamesNothingHereIsKeptAsItIs() {
    assertThat(of("patient/1")).isEqualTo(new Target("patient/1", "", ""));
    assertThat(of("a/Patient/1")).isEqualTo(new Target("a/Patient/1", "", ""));
    assertThat(References.parse("#inside")).isEqualTo(Optional.empty());
    assertThat(References.parse("")).isEmpty();
  }

  @Test
  void idsHaveAForm() {
    assertThat(References.isId("a-B.9")).isTrue();
    assertThat(References.isId("x".repeat(64))).isTrue();
    assertThat(References.isId("x".repeat(65))).isFalse();
    assertThat(References.isId("a/b")).isFalse();
    assertThat(References.isId("")).isFalse();
  }
}
