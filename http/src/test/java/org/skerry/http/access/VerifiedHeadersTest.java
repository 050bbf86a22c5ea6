package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.http.Authenticator.SignedIn;
import org.skerry.http.UserContext;

/** Which headers name somebody without being checked again, and until when. */
class VerifiedHeadersTest {
  private static final String HEADER = "Basic YW5uOnNlY3JldA==";

  private final Map<String, UserDirectory.KnownUser> users = new HashMap<>();
  private final VerifiedHeaders headers =
      new VerifiedHeaders(name -> Optional.ofNullable(users.get(name)));

  /** Puts a user there, in the place of whoever had the name. */
  private UserDirectory.KnownUser user(String name, PasswordHash password, String... roles) {
    UserDirectory.KnownUser user = new UserDirectory.KnownUser(name, Set.of(roles), password);
    users.put(name, user);
    return user;
  }

  private static PasswordHash hash(String password) {
    return PasswordHash.of(password, "0123456789abcdef0123456789abcdef", 1);
  }

  private Optional<UserContext> found(String header) {
    return headers.find(header).map(SignedIn::user);
  }

  @Test
  void aHeaderNamesWhomItWasFoundToName() {
    headers.add(HEADER, user("ann", hash("secret"), "nurse"));
    assertThat(found(HEADER))
        .contains(new UserContext(Optional.of("ann"), Set.of("nurse"), Optional.of("default")));
    assertThat(headers.find(HEADER).orElseThrow().headers()).isEmpty();
  }

  @Test
  void anotherHeaderIsToBeChecked() {
    headers.add(HEADER, user("ann", hash("secret")));
    assertThat(found("Basic YW5uOnNlY3JldB==")).isEmpty();
    assertThat(found(HEADER + " ")).isEmpty();
    assertThat(found(HEADER.substring(0, HEADER.length() - 1))).isEmpty();
    assertThat(found("")).isEmpty();
  }

  @Test
  void twoUsersAreNotTakenForEachOther() {
    headers.add(HEADER, user("ann", hash("secret")));
    headers.add("Basic Ym9iOm90aGVy", user("bob", hash("other")));
    assertThat(found(HEADER).flatMap(UserContext::name)).contains("ann");
    assertThat(found("Basic Ym9iOm90aGVy").flatMap(UserContext::name)).contains("bob");
  }

  @Test
  void aChangedPasswordIsToBeChecked() {
    headers.add(HEADER, user("ann", hash("secret")));
    user("ann", hash("another"));
    assertThat(found(HEADER)).isEmpty();
  }

  @Test
  void theSamePasswordHashedAnewIsToBeChecked() {
    headers.add(HEADER, user("ann", hash("secret")));
    user("ann", PasswordHash.of("secret", 1));
    assertThat(found(HEADER)).isEmpty();
  }

  @Test
  void whoIsGoneIsNobody() {
    headers.add(HEADER, user("ann", hash("secret")));
    users.clear();
    assertThat(found(HEADER)).isEmpty();
  }

  @Test
  void rolesAreThoseOfNow() {
    headers.add(HEADER, user("ann", hash("secret"), "nurse"));
    user("ann", hash("secret"), "doctor");
    assertThat(found(HEADER).orElseThrow().roles()).containsExactly("doctor");
    assertThat(found(HEADER).orElseThrow().roles()).containsExactly("doctor");
  }

  @Test
  void longHeadersAreNotKept() {
    String header = "Basic " + "YW5u".repeat(300);
    headers.add(header, user("ann", hash("secret")));
    assertThat(found(header)).isEmpty();
  }

  @Test
  void usersWithLongSaltsAreNotKept() {
    headers.add(HEADER, user("ann", PasswordHash.of("secret", "0".repeat(2_000), 1)));
    assertThat(found(HEADER)).isEmpty();
  }

  @Test
  void headersBeyondAsciiAreNotTakenForEachOther() {
    headers.add("Basic \u00e9", user("ann", hash("secret")));
    assertThat(found("Basic \u00e9")).isPresent();
    assertThat(found("Basic \u00c3\u00a9")).isEmpty();
    assertThat(found("Basic \u00ea")).isEmpty();
  }

  @Test
  void asManyAsThereAreCannotFillTheMemory() {
    UserDirectory.KnownUser ann = user("ann", hash("secret"));
    for (int i = 0; i <= 10_000; i++) {
      headers.add("Basic " + i, ann);
    }
    assertThat(found("Basic 10000")).isPresent();
    assertThat(found("Basic 0")).isEmpty();
  }

  @Test
  void anotherMemoryKnowsNothingOfIt() {
    headers.add(HEADER, user("ann", hash("secret")));
    VerifiedHeaders others = new VerifiedHeaders(name -> Optional.ofNullable(users.get(name)));
    assertThat(others.find(HEADER)).isEmpty();
  }
}
