package org.skerry.atom;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Who may read a feed besides the members of its database. Atom clients of that kind send no {@code
 * Authorization}, but cookies.
 */
sealed interface Readers {
  /** The cookie in which a reader's token comes. */
  String COOKIE = "SkerryFeed";

  /** Nobody else: whoever reads signs in, perhaps by a session's cookie. */
  record Members() implements Readers {
    @Override
    public boolean admit(Optional<String> cookies) {
      return false;
    }
  }

  /** Everybody, without signing in. */
  record Anyone() implements Readers {
    @Override
    public boolean admit(Optional<String> cookies) {
      return true;
    }
  }

  /**
   * Whoever has one of these tokens.
   *
   * @param hashes SHA-256 of each, so that the configuration gives none away
   */
  record Tokens(List<Token> hashes) implements Readers {
    public Tokens {
      hashes = List.copyOf(hashes);
    }

    @Override
    public boolean admit(Optional<String> cookies) {
      return cookies.flatMap(Readers::token).map(this::knows).orElse(false);
    }

    private boolean knows(String token) {
      byte[] hash = sha256(token);
      boolean known = false;
      for (Token one : hashes) {
        known |= MessageDigest.isEqual(hash, HexFormat.of().parseHex(one.sha256()));
      }
      return known;
    }
  }

  /**
   * A reader's token.
   *
   * @param name for people: whose it is
   * @param sha256 64 hex digits
   */
  record Token(String name, String sha256) {}

  /**
   * Whether a request may pass.
   *
   * @param cookies its header {@code Cookie}
   */
  boolean admit(Optional<String> cookies);

  private static Optional<String> token(String cookies) {
    for (String cookie : cookies.split(";", -1)) {
      int equals = cookie.indexOf('=');
      if (equals > 0 && cookie.substring(0, equals).strip().equals(COOKIE)) {
        String value = cookie.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return Optional.of(quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return Optional.empty();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
