package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  @Test
  void theTestVectorsOfTheStandardHold() {
    // RFC 6070, 2 iterations, salt "salt", password "password".
    PasswordHash sha1 =
        PasswordHash.parse("-pbkdf2-ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957,salt,2").orElseThrow();
    assertThat(sha1.function()).isEqualTo(PasswordHash.Function.SHA1);
    assertThat(sha1.matches("password")).isTrue();
    // RFC 7914, 11: the first half of the key; 1 iteration.
    PasswordHash sha256 =
        PasswordHash.parse(
                "-pbkdf2:sha256-55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc,"
                    + "salt,1")
            .orElseThrow();
    assertThat(sha256.matches("passwd")).isTrue();
    assertThat(sha256.matches("Passwd")).isFalse();
  }

  @Test
  void aHashIsReadAsItWasWritten() {
    PasswordHash hash = PasswordHash.of("geheim", 100);
    assertThat(hash.text()).matches("-pbkdf2:sha256-[0-9a-f]{64},[0-9a-f]{32},100");
    PasswordHash read = PasswordHash.parse(hash.text()).orElseThrow();
    assertThat(read).isEqualTo(hash);
    assertThat(read.matches("geheim")).isTrue();
    assertThat(PasswordHash.of("geheim", 100)).isNotEqualTo(hash);
  }

  @Test
  void whatIsNoHashIsNotTakenForOne() {
    String key = "a".repeat(64);
    for (String text :
        new String[] {
          "secret",
          "",
          "-pbkdf2:sha256-" + key + ",salt",
          "-pbkdf2:sha256-" + key + ",salt,0",
          "-pbkdf2:sha256-" + key + ",salt,99999999",
          "-pbkdf2-" + key + ",salt,10",
          "-hashed-" + key + ",salt"
        }) {
      assertThat(PasswordHash.parse(text)).as(text).isEmpty();
    }
    assertThatThrownBy(() -> AdminDirectory.of(Map.of("ada", "clear text")))
        .hasMessageContaining("administrator ada")
        .hasMessageNotContaining("clear text");
  }

  @Test
  void noKeyAppearsInALog() {
    PasswordHash hash = PasswordHash.of("geheim", 10);
    assertThat(hash.toString()).doesNotContain(hash.derivedKey());
  }
}
