package org.skerry.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM (RFC 7468): PKCS#8, or the older PKCS#1 of RSA; not encrypted. */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** Version 0, and rsaEncryption without parameters: what PKCS#8 puts before a PKCS#1 key. */
  private static final byte[] RSA_PREFIX = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private PemKey() {}

  /**
   * Reads the first key of a file.
   *
   * @throws IOException when there is none that can be used; it says what to do, and holds nothing
   *     of the key
   */
  static PrivateKey read(Path file) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new IOException(file + " holds no private key in PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
    return switch (matcher.group(1)) {
      case "PRIVATE KEY" -> key(file, der);
      case "RSA PRIVATE KEY" -> key(file, sequence(RSA_PREFIX, element(OCTETS, der)));
      default ->
          throw new IOException(
              file
                  + " holds a key of a kind that is not read ("
                  + matcher.group(1)
                  + "): convert it with openssl pkcs8 -topk8 -nocrypt");
    };
  }

  private static PrivateKey key(Path file, byte[] pkcs8) throws IOException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        continue; // another algorithm's key, perhaps
      }
    }
    throw new IOException(file + " holds no key of RSA, EC or EdDSA that can be read");
  }

  private static byte[] sequence(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return element(SEQUENCE, both.toByteArray());
  }

  /** A DER element with a definite length. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
