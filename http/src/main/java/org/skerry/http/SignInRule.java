package org.skerry.http;

import java.util.List;
import java.util.Set;

/**
 * Who may ask for anything at all: those who signed in. The exceptions tell nothing but that a node
 * is here, and let people sign in.
 */
final class SignInRule {
  private static final Set<String> OPEN = Set.of("_up", "_session");

  /** The console's files are the same on every node, and ask for a password themselves. */
  private static final String CONSOLE = "_utils";

  private SignInRule() {}

  /**
   * Lets a request pass.
   *
   * @throws HttpProblem 401 when it must sign in first
   */
  static void check(List<String> segments, UserContext user) {
    boolean open =
        segments.isEmpty()
            || segments.getFirst().equals(CONSOLE)
            || (segments.size() == 1 && OPEN.contains(segments.getFirst()));
    if (!open && !user.isSignedIn()) {
      throw HttpProblem.unauthorized("Authentication required.");
    }
  }
}
