package org.skerry.http.access;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.http.UserContext;

/** Where users are kept. Asked for every request, so it answers from memory. */
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

    KnownUser withMoreRoles(Set<String> more) {
      Set<String> both = new HashSet<>(roles);
      both.addAll(more);
      return new KnownUser(name, both, password);
    }
  }

  /** The user of that name. */
  Optional<KnownUser> find(String name);

  /** Keeps another hash of the same password, if the user's is still the one that was replaced. */
  void replace(KnownUser user, PasswordHash better);

  /**
   * This directory with another behind it. A name in both has the password of the first and the
   * roles of both, as CouchDB's administrators with a user document do.
   */
  default UserDirectory before(UserDirectory other) {
    UserDirectory first = this;
    return new UserDirectory() {
      @Override
      public Optional<KnownUser> find(String name) {
        Optional<KnownUser> found = first.find(name);
        Optional<KnownUser> behind = other.find(name);
        if (found.isEmpty() || behind.isEmpty()) {
          return found.isEmpty() ? behind : found;
        }
        return Optional.of(found.get().withMoreRoles(behind.get().roles()));
      }

      @Override
      public void replace(KnownUser user, PasswordHash better) {
        (first.find(user.name()).isPresent() ? first : other).replace(user, better);
      }
    };
  }
}
