package org.skerry.http;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name nothing for somebody who did not sign in
 * @param roles {@code _admin} for a server administrator
 * @param handler how the user signed in ({@code default}, {@code cookie}, …), for {@code _session}
 */
public record UserContext(Optional<String> name, Set<String> roles, Optional<String> handler) {
  /** Somebody who did not sign in. */
  public static final UserContext ANONYMOUS =
      new UserContext(Optional.empty(), Set.of(), Optional.empty());

  public UserContext {
    roles = Set.copyOf(roles);
  }

  public boolean isSignedIn() {
    return name.isPresent();
  }

  public boolean isServerAdmin() {
    return roles.contains("_admin");
  }
}
