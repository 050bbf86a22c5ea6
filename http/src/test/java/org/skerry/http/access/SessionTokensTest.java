package org.skerry.http.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.http.access.SessionTokens.Session;
import org.skerry.http.access.UserDirectory.KnownUser;

class SessionTokensTest {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final KnownUser NURSE =
      new KnownUser("nurse", Set.of("hill"), PasswordHash.of("pw", 1_000));

  private Instant now = Instant.parse("2026-11-27T06:00:00Z");
  private final SessionTokens tokens =
      new SessionTokens(() -> List.of("secret".getBytes(UTF_8)), () -> LIFETIME, () -> now);

  private Optional<Session> read(String token) {
    return tokens.read(token, name -> Optional.of(NURSE).filter(user -> user.name().equals(name)));
  }

  @Test
  void aSessionLastsAsLongAsItsToken() {
    String token = tokens.issue(NURSE);
    assertThat(read(token)).contains(new Session(NURSE, false));
    now = now.plus(Duration.ofMinutes(9));
    assertThat(read(token)).contains(new Session(NURSE, true));
    now = now.plus(Duration.ofMinutes(1));
    assertThat(read(token)).isEmpty();
  }

  @Test
  void aClockThatIsCorrectedEndsNoSession() {
    String token = tokens.issue(NURSE);
    now = now.minus(Duration.ofMinutes(4));
    assertThat(read(token)).isPresent();
  }

  @Test
  void aTokenOfAWrongTimeIsNotGoodUntilThen() {
    now = now.plus(Duration.ofDays(365));
    String token = tokens.issue(NURSE);
    now = now.minus(Duration.ofDays(365));
    assertThat(read(token)).isEmpty();
  }
}
