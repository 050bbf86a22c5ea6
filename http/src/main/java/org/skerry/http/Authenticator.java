package org.skerry.http;

import java.util.List;
import java.util.Optional;

/** Finds out who sent a request. Called by many threads at once, once for each request. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Somebody who proved who they are.
   *
   * @param headers that the answer must carry, such as a renewed cookie
   */
  record SignedIn(UserContext user, List<AnswerHead.Header> headers) {}

  /**
   * Who sends this request; nothing when it carries no credentials of this kind, or none that can
   * be read: then it is anonymous, as with CouchDB.
   *
   * @throws HttpProblem 401 when the credentials are wrong, 403 after too many wrong ones
   */
  Optional<SignedIn> authenticate(Caller caller);

  /** The first of several that knows the sender. */
  static Authenticator firstOf(List<Authenticator> authenticators) {
    List<Authenticator> all = List.copyOf(authenticators);
    return caller -> {
      for (Authenticator one : all) {
        Optional<SignedIn> found = one.authenticate(caller);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    };
  }
}
