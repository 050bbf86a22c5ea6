package org.skerry.http;

import java.util.List;
import java.util.Set;

/**
 * Who may ask for anything at all: those who signed in. The exceptions tell nothing but that a node
 * is here, and let people sign in.
 */
final class SignInRule {
  private static final Set<String> OPEN = Set.of("_up", "_session");

  private SignInRule() {}

  /**
   * Lets a request pass.
   *
   * @throws HttpProblem 401 when it must sign in first
   */
  static void check(List<String> segments, UserContext user) {
    boolean open = segments.isEmpty() || (segments.size() == 1 && OPEN.contains(segments.get(0)));
    if (!open && !user.isSignedIn()) {
      throw HttpProblem.unauthorized("Authentication required.");
    }
  }
}
