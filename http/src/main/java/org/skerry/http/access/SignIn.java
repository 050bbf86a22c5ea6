package org.skerry.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * All that has to do with signing in: the authenticator for the server, and the routes of {@code
 * /_session} for the router.
 */
public final class SignIn {
  /** How long a session lives without being used: CouchDB's default. */
  public static final Duration SESSION = Duration.ofMinutes(10);

  private final Authenticator authenticator;
  private final SessionEndpoint endpoint;

  /**
   * Signs these users in.
   *
   * @param secret signs the sessions; at least 16 random bytes, kept across restarts and by nobody
   *     else
   * @param session how long a session lives without being used
   */
  public SignIn(UserDirectory users, byte[] secret, Duration session, InstantSource clock) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the secret that signs sessions is shorter than 16 bytes");
    }
    Logins logins = new Logins(users, clock);
    SessionTokens tokens = new SessionTokens(secret, session, clock);
    authenticator =
        Authenticator.firstOf(
            List.of(new CookieAuthenticator(logins, tokens), new BasicAuthenticator(logins)));
    endpoint = new SessionEndpoint(logins, tokens);
  }

  /** Users by cookie, or by name and password. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** {@code GET}, {@code POST} and {@code DELETE /_session}. */
  public List<Router.Route> routes() {
    return endpoint.routes();
  }
}
