package org.skerry.http.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.config.ConfigView;

/**
 * What the configuration says about signing in, in CouchDB's sections and keys. What cannot be used
 * counts as not said.
 *
 * @param handlers {@code cookie}, {@code default}, {@code jwt}, {@code proxy}, in order
 * @param requireValidUser whether strangers are turned away before anything else
 * @param selfRegistration whether strangers may make a user of their own
 * @param hashing how passwords are hashed
 * @param lockout what happens to those who guess
 * @param cookie how sessions' cookies look
 * @param sessionSecret signs sessions instead of a secret that the node makes
 * @param publicFields members of user documents that every user may see
 * @param passwordRules what a new password must look like
 * @param proxy what a proxy in front of the node says about the user
 */
public record AccessSettings(
    List<String> handlers,
    boolean requireValidUser,
    boolean selfRegistration,
    Hashing hashing,
    Lockout lockout,
    Cookie cookie,
    Optional<String> sessionSecret,
    Set<String> publicFields,
    List<PasswordRule> passwordRules,
    Proxy proxy) {
  private static final Pattern HANDLER = Pattern.compile("([a-z]+)_authentication_handler");
  private static final List<String> USUAL_HANDLERS = List.of("cookie", "default");
  private static final int LEAST_ITERATIONS = 1;

  /**
   * How passwords are hashed.
   *
   * @param iterations for new hashes
   * @param least a hash with fewer lets nobody in
   * @param most nor does one with more
   * @param upgrade whether a weaker hash is replaced when its user signs in
   */
  public record Hashing(int iterations, int least, int most, boolean upgrade) {}

  /** What happens to those who guess. */
  public record Lockout(Mode mode, int threshold, Duration longest) {
    /** Whether somebody is locked out, or only written about. */
    public enum Mode {
      OFF,
      WARN,
      ENFORCE
    }
  }

  /**
   * How sessions' cookies look.
   *
   * @param lifetime of a session that is not used
   * @param persistent whether a cookie outlives the browser
   * @param domain nothing: the node's own
   * @param sameSite {@code Lax}, {@code Strict} or {@code None}
   */
  public record Cookie(
      Duration lifetime, boolean persistent, Optional<String> domain, String sameSite) {}

  /** Headers of a proxy, and whether they must be signed with {@code sessionSecret}. */
  public record Proxy(
      String userHeader, String rolesHeader, String tokenHeader, boolean needsToken) {}

  /** What the configuration says. */
  public static AccessSettings of(ConfigView view) {
    return new AccessSettings(
        handlers(view),
        auth(view, "require_valid_user")
            .or(() -> view.explicit("chttpd", "require_valid_user"))
            .map(text -> !text.strip().equals("false"))
            .orElse(true),
        view.flag("skerry", "self_registration", false),
        hashing(view),
        lockout(view),
        cookie(view),
        auth(view, "secret").filter(secret -> !secret.isBlank()),
        texts(auth(view, "public_fields").orElse("")),
        PasswordRule.parse(auth(view, "password_regexp").orElse("")),
        proxy(view));
  }

  /** CouchDB 3 moved this section's keys from {@code couch_httpd_auth}, and reads both. */
  static Optional<String> auth(ConfigView view, String name) {
    return view.explicit("chttpd_auth", name)
        .or(() -> view.explicit("couch_httpd_auth", name))
        .or(() -> view.get("chttpd_auth", name));
  }

  private static List<String> handlers(ConfigView view) {
    Matcher matcher = HANDLER.matcher(view.get("chttpd", "authentication_handlers").orElse(""));
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found.isEmpty() ? USUAL_HANDLERS : List.copyOf(found);
  }

  private static Hashing hashing(ConfigView view) {
    int least = number(view, "min_iterations", LEAST_ITERATIONS);
    int most = number(view, "max_iterations", PasswordHash.MOST_ITERATIONS);
    return new Hashing(
        Math.clamp(
            number(view, "iterations", PasswordHash.DEFAULT_ITERATIONS),
            LEAST_ITERATIONS,
            PasswordHash.MOST_ITERATIONS),
        least,
        most,
        auth(view, "upgrade_hash_on_auth").map(text -> !text.strip().equals("false")).orElse(true));
  }

  private static Lockout lockout(ConfigView view) {
    String section = "chttpd_auth_lockout";
    Lockout.Mode mode =
        switch (view.get(section, "mode").orElse("enforce").strip()) {
          case "off" -> Lockout.Mode.OFF;
          case "warn" -> Lockout.Mode.WARN;
          default -> Lockout.Mode.ENFORCE;
        };
    return new Lockout(
        mode,
        Math.clamp(view.number(section, "threshold", 5), 1, 1_000_000),
        Duration.ofMillis(
            Math.clamp(view.number(section, "max_lifetime", 300_000), 1, 86_400_000)));
  }

  private static Cookie cookie(ConfigView view) {
    String sameSite =
        switch (auth(view, "same_site").orElse("").strip().toLowerCase(Locale.ROOT)) {
          case "none" -> "None";
          case "strict" -> "Strict";
          default -> "Lax";
        };
    return new Cookie(
        Duration.ofSeconds(Math.clamp(number(view, "timeout", 600), 1, 31_536_000)),
        auth(view, "allow_persistent_cookies")
            .map(text -> !text.strip().equals("false"))
            .orElse(true),
        auth(view, "cookie_domain").map(String::strip).filter(text -> text.matches("[\\w.-]+")),
        sameSite);
  }

  private static Proxy proxy(ConfigView view) {
    return new Proxy(
        auth(view, "x_auth_username").orElse("X-Auth-CouchDB-UserName"),
        auth(view, "x_auth_roles").orElse("X-Auth-CouchDB-Roles"),
        auth(view, "x_auth_token").orElse("X-Auth-CouchDB-Token"),
        auth(view, "proxy_use_secret").map(text -> !text.strip().equals("false")).orElse(true));
  }

  private static int number(ConfigView view, String name, int otherwise) {
    try {
      int number = Integer.parseInt(auth(view, name).orElse("").strip());
      return number < 0 ? otherwise : number;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static Set<String> texts(String list) {
    Set<String> texts = new LinkedHashSet<>();
    for (String text : list.split(",", -1)) {
      if (!text.isBlank()) {
        texts.add(text.strip());
      }
    }
    return texts;
  }
}
