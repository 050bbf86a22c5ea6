package org.skerry.exchange.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How this node signs in at a partner. Never shown. */
public record Credentials(Optional<String> authorization, Optional<String> cookie) {
  /** Nobody asks for any. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /** A name and a password. */
  public static Credentials basic(String name, String password) {
    byte[] pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
    return new Credentials(
        Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)), Optional.empty());
  }

  /** A token. */
  public static Credentials bearer(String token) {
    return new Credentials(Optional.of("Bearer " + token), Optional.empty());
  }

  /** The same, and a cookie besides. */
  public Credentials withCookie(String text) {
    return new Credentials(authorization, Optional.of(text));
  }

  @Override
  public String toString() {
    return "credentials";
  }
}
