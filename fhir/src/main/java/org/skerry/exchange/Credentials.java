package org.skerry.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How this node signs in at a partner. Never shown. */
record Credentials(Optional<String> authorization, Optional<String> cookie) {
  static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  static Credentials basic(String name, String password) {
    byte[] pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
    return new Credentials(
        Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)), Optional.empty());
  }

  static Credentials bearer(String token) {
    return new Credentials(Optional.of("Bearer " + token), Optional.empty());
  }

  Credentials withCookie(String text) {
    return new Credentials(authorization, Optional.of(text));
  }

  @Override
  public String toString() {
    return "credentials";
  }
}
