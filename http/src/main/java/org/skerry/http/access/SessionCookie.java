package org.skerry.http.access;

import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.http.AnswerHead;
import org.skerry.http.Caller;

/** CouchDB's session cookie in the headers of requests and answers. */
final class SessionCookie {
  private static final String NAME = "AuthSession";

  private final Supplier<AccessSettings.Cookie> look;

  SessionCookie(Supplier<AccessSettings.Cookie> look) {
    this.look = look;
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
        now, token, now.persistent() ? "; Max-Age=" + now.lifetime().toSeconds() : "", secure);
  }

  AnswerHead.Header removing(boolean secure) {
    return setting(look.get(), "", "; Max-Age=0", secure);
  }

  private static AnswerHead.Header setting(
      AccessSettings.Cookie look, String value, String age, boolean secure) {
    return new AnswerHead.Header(
        "Set-Cookie",
        NAME
            + "="
            + value
            + age
            + "; Path=/; HttpOnly; SameSite="
            + look.sameSite()
            + look.domain().map(domain -> "; Domain=" + domain).orElse("")
            // Browsers take SameSite=None only with Secure.
            + (secure || look.sameSite().equals("None") ? "; Secure" : ""));
  }
}
