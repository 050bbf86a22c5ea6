package org.skerry.attachment;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the sender announced of an attachment's bytes as they are stored.
 *
 * @param storedLength how many there are
 * @param digest their MD5 as {@code md5-} and base64
 */
public record Expectation(OptionalLong storedLength, Optional<String> digest) {
  /** Nothing was announced. */
  public static final Expectation NONE = new Expectation(OptionalLong.empty(), Optional.empty());

  /** A number of bytes. */
  public static Expectation length(long storedLength) {
    return new Expectation(OptionalLong.of(storedLength), Optional.empty());
  }

  /** This expectation and a digest, as the header {@code Content-MD5} carries it: base64 alone. */
  public Expectation withMd5(String base64) {
    return new Expectation(storedLength, Optional.of(Md5.PREFIX + base64));
  }

  /** Whether the digest can be checked here: other programs may use other algorithms. */
  boolean checksDigest() {
    return digest.isPresent()
        && digest.get().regionMatches(true, 0, Md5.PREFIX, 0, Md5.PREFIX.length())
        && !digest.get().toLowerCase(Locale.ROOT).equals(Md5.PREFIX);
  }
}
