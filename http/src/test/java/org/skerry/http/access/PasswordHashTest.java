package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
          "-pbkdf2:md5-" + key + ",salt,10",
          "-pbkdf2-" + key + "f,salt,10",
          "-hashed-" + key + ",salt"
        }) {
      assertThat(PasswordHash.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void noKeyAppearsInALog() {
    PasswordHash hash = PasswordHash.of("geheim", 10);
    assertThat(hash.toString()).doesNotContain(hash.derivedKey());
  }

  @Test
  void everyFunctionOfCouchDbIsKnown() {
    for (PasswordHash.Function function : PasswordHash.Function.values()) {
      byte[] key = byHand(function, "apple", "NaCl", 7);
      PasswordHash hash =
          PasswordHash.of(
                  PasswordHash.Scheme.PBKDF2, function, HexFormat.of().formatHex(key), "NaCl", 7)
              .orElseThrow();
      assertThat(hash.matches("apple")).as(function.text()).isTrue();
      assertThat(hash.matches("Apple")).as(function.text()).isFalse();
      assertThat(PasswordHash.parse(hash.text())).contains(hash);
    }
  }

  /** PBKDF2 by hand, from the standard. */
  private static byte[] byHand(
      PasswordHash.Function function, String password, String salt, int iterations) {
    try {
      String name = function == PasswordHash.Function.SHA1 ? "sha1" : function.text();
      Mac mac = Mac.getInstance("Hmac" + name);
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "raw"));
      mac.update(salt.getBytes(StandardCharsets.UTF_8));
      byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] key = last.clone();
      for (int i = 1; i < iterations; i++) {
        last = mac.doFinal(last);
        for (int j = 0; j < key.length; j++) {
          key[j] ^= last[j];
        }
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theOldestSchemeIsOneSaltedSha1() {
    // sha1("applesalt")
    PasswordHash hash =
        PasswordHash.parse("-hashed-" + sha1("apple" + "salt") + ",salt").orElseThrow();
    assertThat(hash.scheme()).isEqualTo(PasswordHash.Scheme.SIMPLE);
    assertThat(hash.matches("apple")).isTrue();
    assertThat(hash.matches("appl")).isFalse();
    assertThat(PasswordHash.parse(hash.text())).contains(hash);
    byte[] strengthened = byHand(PasswordHash.Function.SHA256, sha1("apple" + "salt"), "salt", 10);
    PasswordHash both =
        PasswordHash.of(
                PasswordHash.Scheme.SIMPLE_PBKDF2,
                PasswordHash.Function.SHA256,
                HexFormat.of().formatHex(strengthened),
                "salt",
                10)
            .orElseThrow();
    assertThat(both.matches("apple")).isTrue();
    assertThat(both.matches("pear")).isFalse();
  }

  static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void weakIsWhateverANewHashWouldNotBe() {
    PasswordHash hash = PasswordHash.of("geheim", 100);
    assertThat(hash.isWeakerThan(100)).isFalse();
    assertThat(hash.isWeakerThan(101)).isTrue();
    assertThat(
            PasswordHash.parse("-pbkdf2-ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957,salt,2")
                .orElseThrow()
                .isWeakerThan(1))
        .isTrue();
    assertThat(PasswordHash.of("geheim", hash.salt(), 100)).isEqualTo(hash);
  }
}
