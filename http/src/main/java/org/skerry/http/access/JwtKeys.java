package org.skerry.http.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.config.ConfigView;

/**
 * The keys of the section {@code jwt_keys}, under CouchDB's names: {@code hmac:ID} with a secret in
 * base64, {@code rsa:ID} and {@code ec:ID} with a public key in PEM, whose line feeds may be
 * written {@code \n}. {@code _default} is the ID for tokens that name none.
 */
final class JwtKeys {
  /** The section. */
  static final String SECTION = "jwt_keys";

  /** A key that verifies. */
  sealed interface Key {
    /** For HS256 and its like. */
    record Secret(byte[] bytes) implements Key {}

    /** For RS256, ES256 and their like. */
    record Public(PublicKey key) implements Key {}
  }

  private final Map<String, Key> keys;

  private JwtKeys(Map<String, Key> keys) {
    this.keys = keys;
  }

  /** The keys that can be read; others verify nothing. */
  static JwtKeys of(ConfigView view) {
    Map<String, Key> keys = new TreeMap<>();
    view.section(SECTION)
        .forEach((name, text) -> read(name, text).ifPresent(key -> keys.put(name, key)));
    return new JwtKeys(keys);
  }

  Optional<Key> find(String kind, Optional<String> id) {
    return Optional.ofNullable(keys.get(kind + ":" + id.orElse("_default")));
  }

  /** Reads a key; nothing when the text does not fit the name. */
  static Optional<Key> read(String name, String text) {
    try {
      if (name.startsWith("hmac:")) {
        byte[] secret = Base64.getMimeDecoder().decode(text.strip());
        return secret.length == 0 ? Optional.empty() : Optional.of(new Key.Secret(secret));
      }
      String algorithm = name.startsWith("rsa:") ? "RSA" : name.startsWith("ec:") ? "EC" : "";
      if (algorithm.isEmpty()) {
        return Optional.empty();
      }
      String body =
          text.replace("\\n", "\n").replaceAll("-----(BEGIN|END) [A-Z ]+-----", "").strip();
      byte[] der = Base64.getMimeDecoder().decode(body);
      return Optional.of(
          new Key.Public(
              KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
