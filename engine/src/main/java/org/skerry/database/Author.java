package org.skerry.database;

import java.util.Optional;
import java.util.Set;

/**
 * Whoever writes, as guards and functions of design documents see them ({@code userCtx}).
 *
 * @param name nothing for somebody who did not sign in, and for the node itself
 * @param roles {@code _admin} for a server administrator
 */
public record Author(Optional<String> name, Set<String> roles) {
  /** The node itself, and the program in which it runs: a server administrator without a name. */
  public static final Author SYSTEM = new Author(Optional.empty(), Set.of("_admin"));

  public Author {
    roles = Set.copyOf(roles);
  }

  /** Whether it is the node itself. */
  public boolean isNode() {
    return name.isEmpty() && isServerAdmin();
  }

  public boolean isServerAdmin() {
    return roles.contains("_admin");
  }
}
