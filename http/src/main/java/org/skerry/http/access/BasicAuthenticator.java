package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.skerry.http.Authenticator;
import org.skerry.http.Caller;
import org.skerry.http.HttpProblem;

/** Basic authentication (RFC 7617), always in UTF-8. */
final class BasicAuthenticator implements Authenticator {
  private static final String SCHEME = "Basic ";

  /** What CouchDB's console sends to make a browser forget the right ones. */
  private static final String LOGGED_OUT = "_:_";

  private final Logins logins;
  private final VerifiedHeaders verified;

  BasicAuthenticator(Logins logins) {
    this.logins = logins;
    this.verified = new VerifiedHeaders(logins::find);
  }

  @Override
  public Optional<SignedIn> authenticate(Caller caller) {
    Optional<String> header = caller.header("Authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Optional<SignedIn> known = verified.find(header.get());
    return known.isPresent() ? known : check(header.get(), caller);
  }

  private Optional<SignedIn> check(String header, Caller caller) {
    Optional<String> pair = decode(header);
    if (pair.isEmpty()) {
      return Optional.empty();
    }
    String text = pair.get();
    int colon = text.indexOf(':');
    UserDirectory.KnownUser user =
        logins
            .check(text.substring(0, colon), text.substring(colon + 1), caller.address())
            .orElseThrow(() -> HttpProblem.unauthorized("Name or password is incorrect."));
    verified.add(header, user);
    return Optional.of(new SignedIn(user.context("default"), List.of()));
  }

  /** Name and password with the colon between them; nothing when the header is malformed. */
  private static Optional<String> decode(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      return Optional.of(new String(bytes, StandardCharsets.UTF_8))
          .filter(text -> text.indexOf(':') > 0 && !text.equals(LOGGED_OUT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
