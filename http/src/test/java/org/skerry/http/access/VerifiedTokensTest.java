package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which tokens need not be verified again. */
class VerifiedTokensTest {
  private final List<String> verified = new ArrayList<>();
  private final Object settings = new Object();
  private final VerifiedTokens<Object> tokens =
      new VerifiedTokens<>(
          (token, rules) -> {
            verified.add(token);
            if (token.startsWith("forged")) {
              throw new IllegalArgumentException("Bad signature");
            }
            return Map.of("sub", token);
          });

  private Object subject(String token) {
    return tokens.claims(token, settings).get("sub");
  }

  @Test
  void aTokenIsVerifiedOnce() {
    assertThat(subject("a")).isEqualTo("a");
    assertThat(subject("b")).isEqualTo("b");
    assertThat(subject("a")).isEqualTo("a");
    assertThat(verified).containsExactly("a", "b");
  }

  @Test
  void anotherIsNotTakenForIt() {
    assertThat(subject("a")).isEqualTo("a");
    assertThatThrownBy(() -> subject("forged")).hasMessage("Bad signature");
    assertThatThrownBy(() -> subject("forged")).hasMessage("Bad signature");
    assertThat(verified).containsExactly("a", "forged", "forged");
  }

  @Test
  void otherSettingsVerifyAnew() {
    subject("a");
    assertThat(tokens.claims("a", new Object()).get("sub")).isEqualTo("a");
    assertThat(verified).containsExactly("a", "a");
  }

  @Test
  void longTokensAreNotKept() {
    String token = "a".repeat(3_000);
    subject(token);
    subject(token);
    assertThat(verified).containsExactly(token, token);
  }

  @Test
  void asManyAsThereAreCannotFillTheMemory() {
    for (int i = 0; i < 10_000; i++) {
      subject("t" + i);
    }
    subject("t9999");
    subject("t0");
    assertThat(verified).hasSize(10_001).endsWith("t0");
  }
}
