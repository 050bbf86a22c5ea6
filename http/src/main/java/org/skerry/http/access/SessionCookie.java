package org.skerry.http.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.http.AnswerHead;
import org.skerry.http.Caller;

/** CouchDB's session cookie in the headers of requests and answers. */
final class SessionCookie {
  private static final String NAME = "AuthSession";

  /** CouchDB's form of a date; clients with a cookie jar of their own read no other. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Supplier<AccessSettings.Cookie> look;
  private final InstantSource clock;

  SessionCookie(Supplier<AccessSettings.Cookie> look, InstantSource clock) {
    this.look = look;
    this.clock = clock;
  }

  /** The cookie's value in a request; nothing when it is not there, or empty. */
  static Optional<String> in(Caller caller) {
    return caller.header("Cookie").flatMap(SessionCookie::value);
  }

  private static Optional<String> value(String cookies) {
    for (String cookie : cookies.split(";")) {
      String pair = cookie.strip();
      if (pair.startsWith(NAME + "=") && pair.length() > NAME.length() + 1) {
        return Optional.of(pair.substring(NAME.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** A session's cookie; one that is not to outlive the browser has no age. */
  AnswerHead.Header holding(String token, boolean secure) {
    AccessSettings.Cookie now = look.get();
    return setting(
        now,
        token,
        now.persistent() ? age(now.lifetime().toSeconds(), clock.instant()) : "",
        secure);
  }

  AnswerHead.Header removing(boolean secure) {
    return setting(look.get(), "", age(0, Instant.EPOCH), secure);
  }

  /**
   * Both ways of saying it: nano, for one, takes a cookie without {@code Expires} for an old one.
   */
  private static String age(long seconds, Instant from) {
    return "; Max-Age=" + seconds + "; Expires=" + DATE.format(from.plusSeconds(seconds));
  }

  private static AnswerHead.Header setting(
      AccessSettings.Cookie look, String value, String age, boolean secure) {
    return new AnswerHead.Header(
        "Set-Cookie",
        NAME
            + "="
            + value
            + age
            + "; Version=1; Path=/; HttpOnly; SameSite="
            + look.sameSite()
            + look.domain().map(domain -> "; Domain=" + domain).orElse("")
            // Browsers take SameSite=None only with Secure.
            + (secure || look.sameSite().equals("None") ? "; Secure" : ""));
  }
}
