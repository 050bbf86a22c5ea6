package org.skerry.http.access;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.http.HttpProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks names and passwords, in this order: what was found right before is right; a name that is
 * braked is refused; then the slow hash decides, few at a time. A password that was right and is
 * kept in a weaker form than new ones is kept in theirs from then on.
 */
final class Logins {
  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private final UserDirectory users;
  private final Supplier<AccessSettings> settings;
  private final PasswordHasher hasher;
  private final SignInJournal journal;
  private final VerifiedPasswords verified = new VerifiedPasswords();
  private final FailureBrake brake;

  Logins(
      UserDirectory users,
      Supplier<AccessSettings> settings,
      PasswordHasher hasher,
      SignInJournal journal,
      InstantSource clock) {
    this.users = users;
    this.settings = settings;
    this.hasher = hasher;
    this.journal = journal;
    this.brake = new FailureBrake(clock, () -> settings.get().lockout());
  }

  /**
   * The user with that name and password.
   *
   * @throws HttpProblem 403 after too many failures; 503 when too many others are being checked
   */
  Optional<UserDirectory.KnownUser> check(String name, String password, String address) {
    Optional<UserDirectory.KnownUser> user = users.find(name);
    if (user.isPresent() && verified.contains(user.get(), password)) {
      return user;
    }
    brake.check(name, address);
    boolean right = !password.isEmpty() && isRight(user, password);
    if (user.isEmpty() || !right) {
      journal.failed(name, address, "default");
      if (brake.failed(name, address)) {
        journal.lockedOut(name, address);
      }
      return Optional.empty();
    }
    brake.succeeded(name, address);
    verified.add(user.get(), password);
    journal.signedIn(name, address, "default");
    upgrade(user.get(), password);
    return user;
  }

  private boolean isRight(Optional<UserDirectory.KnownUser> user, String password) {
    AccessSettings.Hashing hashing = settings.get().hashing();
    user.ifPresent(known -> checkIterations(known.password(), hashing));
    return hasher.whenItsTurnComes(
        () ->
            user.isPresent()
                // Many requests of a client begin at once; the first of them has done the work.
                ? verified.contains(user.get(), password) || user.get().password().matches(password)
                : nobody(hashing).matches(password));
  }

  /** Hashed for names that nobody has, so that the time does not tell which names exist. */
  private static PasswordHash nobody(AccessSettings.Hashing hashing) {
    return new PasswordHash(
        PasswordHash.Scheme.PBKDF2,
        PasswordHash.Function.SHA256,
        "00".repeat(32),
        "none",
        hashing.iterations());
  }

  private static void checkIterations(PasswordHash hash, AccessSettings.Hashing hashing) {
    if (hash.scheme() == PasswordHash.Scheme.SIMPLE) {
      return;
    }
    if (hash.iterations() < hashing.least()) {
      throw HttpProblem.forbidden("Iteration count is too low for this server");
    }
    if (hash.iterations() > hashing.most()) {
      throw HttpProblem.forbidden("Iteration count is too high for this server");
    }
  }

  private void upgrade(UserDirectory.KnownUser user, String password) {
    AccessSettings.Hashing hashing = settings.get().hashing();
    if (!hashing.upgrade() || !user.password().isWeakerThan(hashing.iterations())) {
      return;
    }
    try {
      // With the old salt, on which the user's sessions rest.
      String salt = user.password().salt();
      PasswordHash better =
          hasher.whenItsTurnComes(() -> PasswordHash.of(password, salt, hashing.iterations()));
      users.replace(user, better);
      users.find(user.name()).ifPresent(known -> rememberUpgraded(known, better, password));
    } catch (RuntimeException e) {
      LOG.warn("the password of a user could not be hashed anew; it stays as it is", e);
    }
  }

  private void rememberUpgraded(
      UserDirectory.KnownUser user, PasswordHash better, String password) {
    if (user.password().equals(better)) {
      verified.add(user, password);
    }
  }

  /** The user of a name, for tokens that prove it in another way. */
  Optional<UserDirectory.KnownUser> find(String name) {
    return users.find(name);
  }
}
