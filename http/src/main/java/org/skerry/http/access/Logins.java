package org.skerry.http;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks names and passwords, in this order: what was found right before is right; a name that is
 * braked is refused; then the slow hash decides, few at a time.
 */
final class Logins {
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final long PATIENCE_SECONDS = 10;

  private final UserDirectory users;
  private final VerifiedPasswords verified = new VerifiedPasswords();
  private final FailureBrake brake;
  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  /** Hashed for names that nobody has, so that the time does not tell which names exist. */
  private final UserDirectory.KnownUser nobody;

  Logins(UserDirectory users, InstantSource clock) {
    this.users = users;
    this.brake = new FailureBrake(clock);
    PasswordHash unknown =
        new PasswordHash(
            PasswordHash.Function.SHA256, "00".repeat(32), "none", PasswordHash.DEFAULT_ITERATIONS);
    this.nobody = new UserDirectory.KnownUser("", Set.of(), unknown);
  }

  /**
   * The user with that name and password.
   *
   * @throws HttpProblem 403 after too many failures; 503 when too many others are being checked
   */
  @SuppressWarnings("ReferenceEquality") // Nobody is this very object, whatever a user is called.
  Optional<UserDirectory.KnownUser> check(String name, String password, String address) {
    Optional<UserDirectory.KnownUser> user = users.find(name);
    if (user.isPresent() && verified.contains(user.get(), password)) {
      return user;
    }
    brake.check(name, address);
    boolean right = !password.isEmpty() && matches(user.orElse(nobody), password);
    if (user.isEmpty() || !right) {
      brake.failed(name, address);
      return Optional.empty();
    }
    brake.succeeded(name, address);
    verified.add(user.get(), password);
    return user;
  }

  private boolean matches(UserDirectory.KnownUser user, String password) {
    try {
      if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      // Many requests of a client begin at once; the first of them has done the work.
      return verified.contains(user, password) || user.password().matches(password);
    } finally {
      slots.release();
    }
  }

  private static HttpProblem busy() {
    return new HttpProblem(503, "busy", "Too many are signing in: try again in a few seconds");
  }

  /** The user of a name, for tokens that prove it in another way. */
  Optional<UserDirectory.KnownUser> find(String name) {
    return users.find(name);
  }
}
