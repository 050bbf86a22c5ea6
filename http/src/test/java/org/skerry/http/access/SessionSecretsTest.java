package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.config.ConfigKey;
import org.skerry.config.Configuration;
import org.skerry.store.MemoryStore;

class SessionSecretsTest {
  private final MemoryStore store = new MemoryStore();
  private final Configuration configuration =
      Configuration.open(store.properties(), Map.of(), Map.of());
  private Instant now = Instant.parse("2026-11-21T06:00:00Z");
  private final SessionSecrets secrets = open();

  private SessionSecrets open() {
    return new SessionSecrets(
        store.properties(), configuration.derived(AccessSettings::of), () -> now);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSecretIsMadeOnceAndOutlivesARestart() {
    List<byte[]> made = secrets.valid();
    assertThat(made).hasSize(1);
    assertThat(made.getFirst()).hasSize(32);
    assertThat(open().valid().getFirst()).isEqualTo(made.getFirst());
  }

  @Test
  void aNewOneTakesOverEachDayAndTheOneBeforeIsAcceptedUntilTheNext() {
    byte[] first = secrets.valid().getFirst();
    now = now.plus(Duration.ofHours(23));
    assertThat(secrets.valid().getFirst()).isEqualTo(first);
    now = now.plus(Duration.ofHours(2));
    List<byte[]> next = secrets.valid();
    assertThat(next).hasSize(2);
    assertThat(next.getFirst()).isNotEqualTo(first);
    assertThat(next.getLast()).isEqualTo(first);
    assertThat(open().valid()).hasSize(2);
    now = now.plus(Duration.ofHours(25));
    assertThat(secrets.valid()).hasSize(2).doesNotContain(first);
  }

  @Test
  void aSecretLivesLongerThanTheSessionsItSigned() {
    configuration.put(new ConfigKey("chttpd_auth", "timeout"), "1000000");
    byte[] first = secrets.valid().getFirst();
    now = now.plus(Duration.ofDays(10));
    assertThat(secrets.valid().getFirst()).isEqualTo(first);
  }

  @Test
  void aSecretOfAWrongTimeDoesNotLiveUntilThen() {
    Instant right = now;
    now = right.plus(Duration.ofDays(365));
    byte[] ahead = secrets.valid().getFirst();
    now = right;
    assertThat(secrets.valid().getFirst()).isNotEqualTo(ahead);
    byte[] next = secrets.valid().getFirst();
    now = right.plus(Duration.ofHours(23));
    assertThat(secrets.valid().getFirst()).isEqualTo(next);
    now = right.plus(Duration.ofHours(25));
    assertThat(secrets.valid()).doesNotContain(ahead);
  }

  @Test
  void theSecretOfTheConfigurationIsTheOnlyOne() {
    secrets.valid();
    configuration.put(new ConfigKey("couch_httpd_auth", "secret"), "shared by nodes");
    assertThat(secrets.valid()).hasSize(1);
    assertThat(secrets.valid().getFirst())
        .isEqualTo("shared by nodes".getBytes(StandardCharsets.UTF_8));
  }
}
