package org.skerry.http;

import java.util.List;
import java.util.Optional;

/** Session cookies. One that is used is renewed, so that only idle sessions end. */
final class CookieAuthenticator implements Authenticator {
  private final Logins logins;
  private final SessionTokens tokens;

  CookieAuthenticator(Logins logins, SessionTokens tokens) {
    this.logins = logins;
    this.tokens = tokens;
  }

  @Override
  public Optional<SignedIn> authenticate(Caller caller) {
    return SessionCookie.in(caller)
        .flatMap(token -> tokens.read(token, logins::find))
        .map(session -> signedIn(session, caller));
  }

  private SignedIn signedIn(SessionTokens.Session session, Caller caller) {
    UserDirectory.KnownUser user = session.user();
    List<AnswerHead.Header> renewal =
        session.worthRenewing()
            ? List.of(
                SessionCookie.holding(
                    tokens.issue(user), tokens.lifetime().toSeconds(), caller.secure()))
            : List.of();
    return new SignedIn(user.context("cookie"), renewal);
  }
}
