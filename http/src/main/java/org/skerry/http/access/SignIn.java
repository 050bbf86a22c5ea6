package org.skerry.http.access;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.skerry.audit.AuditLog;
import org.skerry.config.Configuration;
import org.skerry.http.Authenticator;
import org.skerry.http.Router;
import org.skerry.store.Properties;

/**
 * All that has to do with signing in: the authenticator for the server, and the routes of {@code
 * /_session} for the router. Both follow the configuration while the node runs.
 */
public final class SignIn {
  private final Supplier<Authenticator> authenticator;
  private final SessionEndpoint endpoint;

  /**
   * Signs these users in.
   *
   * @param properties where secrets that the node makes are kept
   */
  public SignIn(
      UserDirectory users,
      Configuration configuration,
      Properties properties,
      PasswordHasher hasher,
      AuditLog audit,
      InstantSource clock) {
    Supplier<AccessSettings> settings = configuration.derived(AccessSettings::of);
    SignInJournal journal = new SignInJournal(audit, clock);
    Logins logins = new Logins(users, settings, hasher, journal, clock);
    SessionTokens tokens =
        new SessionTokens(
            new SessionSecrets(properties, settings, clock)::valid,
            () -> settings.get().cookie().lifetime(),
            clock);
    SessionCookie cookie = new SessionCookie(() -> settings.get().cookie(), clock);
    Map<String, Authenticator> byName = new HashMap<>();
    byName.put("cookie", new CookieAuthenticator(logins, tokens, cookie));
    byName.put("default", new BasicAuthenticator(logins));
    byName.put("proxy", new ProxyAuthenticator(settings, journal));
    byName.put("jwt", new JwtAuthenticator(configuration.derived(JwtSettings::of), journal, clock));
    Supplier<List<String>> handlers =
        () -> settings.get().handlers().stream().filter(byName::containsKey).toList();
    authenticator =
        configuration.derived(
            view ->
                Authenticator.firstOf(
                    AccessSettings.of(view).handlers().stream()
                        .filter(byName::containsKey)
                        .map(byName::get)
                        .toList()));
    endpoint = new SessionEndpoint(logins, tokens, cookie, journal, handlers);
  }

  /** Users by whatever handlers the configuration names, in its order. */
  public Authenticator authenticator() {
    return caller -> authenticator.get().authenticate(caller);
  }

  /** {@code GET}, {@code POST} and {@code DELETE /_session}. */
  public List<Router.Route> routes() {
    return endpoint.routes();
  }
}
