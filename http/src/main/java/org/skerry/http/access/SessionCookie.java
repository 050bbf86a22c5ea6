package org.skerry.http;

import java.util.Optional;

/** CouchDB's session cookie in the headers of requests and answers. */
final class SessionCookie {
  private static final String NAME = "AuthSession";
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

  private SessionCookie() {}

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

  static AnswerHead.Header holding(String token, long seconds, boolean secure) {
    return setting(token, "; Max-Age=" + seconds, secure);
  }

  static AnswerHead.Header removing(boolean secure) {
    return setting("", "; Max-Age=0", secure);
  }

  private static AnswerHead.Header setting(String value, String age, boolean secure) {
    return new AnswerHead.Header(
        "Set-Cookie", NAME + "=" + value + age + ATTRIBUTES + (secure ? "; Secure" : ""));
  }
}
