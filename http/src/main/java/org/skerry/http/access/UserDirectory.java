package org.skerry.http;

import java.util.Optional;
import java.util.Set;

/** Where users are kept. Asked for every request, so it answers from memory. */
@FunctionalInterface
public interface UserDirectory {
  /**
   * A user who may sign in.
   *
   * @param roles {@code _admin} for a server administrator
   */
  record KnownUser(String name, Set<String> roles, PasswordHash password) {
    public KnownUser {
      roles = Set.copyOf(roles);
    }

    /** The context of this user, signed in by that handler. */
    UserContext context(String handler) {
      return new UserContext(Optional.of(name), roles, Optional.of(handler));
    }
  }

  /** The user of that name. */
  Optional<KnownUser> find(String name);

  /** The first of two directories that knows a name. */
  default UserDirectory or(UserDirectory other) {
    return name -> find(name).or(() -> other.find(name));
  }
}
