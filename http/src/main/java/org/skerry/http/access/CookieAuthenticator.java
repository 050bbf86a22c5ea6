package org.skerry.http.access;

import java.util.List;
import java.util.Optional;
import org.skerry.http.AnswerHead;
import org.skerry.http.Authenticator;
import org.skerry.http.Caller;

/** Session cookies. One that is used is renewed, so that only idle sessions end. */
final class CookieAuthenticator implements Authenticator {
  private final Logins logins;
  private final SessionTokens tokens;
  private final SessionCookie cookie;

  CookieAuthenticator(Logins logins, SessionTokens tokens, SessionCookie cookie) {
    this.logins = logins;
    this.tokens = tokens;
    this.cookie = cookie;
  }

  @Override
  public Optional<SignedIn> authenticate(Caller caller) {
    Optional<String> token = SessionCookie.in(caller);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return tokens.read(token.get(), logins::find).map(session -> signedIn(session, caller));
  }

  private SignedIn signedIn(SessionTokens.Session session, Caller caller) {
    UserDirectory.KnownUser user = session.user();
    List<AnswerHead.Header> renewal =
        session.worthRenewing()
            ? List.of(cookie.holding(tokens.issue(user), caller.secure()))
            : List.of();
    return new SignedIn(user.context("cookie"), renewal);
  }
}
