package org.skerry.attachment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The digest by which CouchDB's protocol names an attachment's bytes. It guards against accidents
 * of transmission; what is stored is addressed by SHA-256.
 */
final class Md5 {
  static final String PREFIX = "md5-";

  private final MessageDigest digest;

  Md5() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /** {@code md5-} and base64; afterwards the digest begins anew. */
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(digest.digest());
  }
}
