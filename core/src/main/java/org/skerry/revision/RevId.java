package org.skerry.revision;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a revision, {@code N-hash}: its generation (distance from the document's creation,
 * from 1) and a hash.
 *
 * <p>Skerry's own hashes are 32 hex digits, kept as 16 bytes. Hashes of other programs are accepted
 * as they are, up to {@value #MAX_FOREIGN_BYTES} bytes of UTF-8; 32 hex digits in capitals are the
 * same revision as in small letters, as in CouchDB.
 *
 * <p>Order: generation, then the hash's bytes, unsigned. The winner of a document follows from it,
 * so it must never change.
 */
public final class RevId implements Comparable<RevId> {
  /** The longest hash accepted from another program, in bytes of UTF-8. */
  public static final int MAX_FOREIGN_BYTES = 255;

  static final int HASH_BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int generation;
  private final byte[] hash;
  private final boolean foreign;

  private RevId(int generation, byte[] hash, boolean foreign) {
    this.generation = generation;
    this.hash = hash;
    this.foreign = foreign;
  }

  /**
   * A revision of Skerry's own kind.
   *
   * @param generation from 1
   * @param hash 16 bytes; copied
   */
  public static RevId of(int generation, byte[] hash) {
    if (generation < 1 || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException(
          "a revision has a generation from 1 and 16 bytes: " + generation + ", " + hash.length);
    }
    return new RevId(generation, hash.clone(), false);
  }

  /** As {@link #of}, for bytes that nobody else holds, and for hashes of other programs. */
  static RevId adopt(int generation, byte[] hash, boolean foreign) {
    return new RevId(generation, hash, foreign);
  }

  /**
   * As {@link #adopt}, for the UTF-8 of another program's hash that a store kept.
   *
   * @throws CorruptRevTreeException when it is no such hash
   */
  static RevId adoptForeign(int generation, byte[] hash) {
    try {
      String text = new String(hash, StandardCharsets.UTF_8);
      RevId rev = withHash(generation, text, text);
      if (rev.foreign && Arrays.equals(rev.hash, hash)) {
        return rev;
      }
      throw new CorruptRevTreeException("foreign revision hash of an own one's form: " + text);
    } catch (InvalidRevIdException e) {
      throw new CorruptRevTreeException("revision hash that is no text", e);
    }
  }

  /**
   * Reads {@code N-hash}.
   *
   * @throws InvalidRevIdException when the text is anything else
   */
  public static RevId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 1 || dash > 10 || dash == text.length() - 1) {
      throw new InvalidRevIdException(text);
    }
    long generation = 0;
    for (int i = 0; i < dash; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new InvalidRevIdException(text);
      }
      generation = generation * 10 + digit;
    }
    if (generation < 1 || generation > Integer.MAX_VALUE) {
      throw new InvalidRevIdException(text);
    }
    return withHash((int) generation, text.substring(dash + 1), text);
  }

  /**
   * A revision of the given generation with a hash in text form, as {@code _revisions} lists them.
   *
   * @throws InvalidRevIdException when generation or hash is out of bounds
   */
  public static RevId of(int generation, String hash) {
    if (generation < 1) {
      throw new InvalidRevIdException(generation + "-" + hash);
    }
    return withHash(generation, hash, hash);
  }

  private static RevId withHash(int generation, String hash, String found) {
    byte[] own = ownHash(hash);
    if (own.length == HASH_BYTES) {
      return new RevId(generation, own, false);
    }
    if (hash.isEmpty() || !isPrintable(hash)) {
      throw new InvalidRevIdException(found);
    }
    byte[] bytes = hash.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_FOREIGN_BYTES) {
      throw new InvalidRevIdException(found);
    }
    return new RevId(generation, bytes, true);
  }

  /** The 16 bytes of 32 hex digits; no bytes when the text is not that. */
  private static byte[] ownHash(String text) {
    if (text.length() != 2 * HASH_BYTES) {
      return new byte[0];
    }
    byte[] bytes = new byte[HASH_BYTES];
    for (int i = 0; i < HASH_BYTES; i++) {
      char high = text.charAt(2 * i);
      char low = text.charAt(2 * i + 1);
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        return new byte[0];
      }
      bytes[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
    }
    return bytes;
  }

  private static boolean isPrintable(String text) {
    return text.codePoints()
        .allMatch(c -> c > ' ' && c != '"' && c != '\\' && c != 0x7f && !isSurrogate(c));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Distance from the document's creation, from 1. */
  public int generation() {
    return generation;
  }

  /** The hash in text form: 32 hex digits in small letters, or another program's text. */
  public String hash() {
    return foreign ? new String(hash, StandardCharsets.UTF_8) : HEX.formatHex(hash);
  }

  /** Whether the hash is another program's text instead of 16 bytes. */
  boolean foreign() {
    return foreign;
  }

  /** The bytes that order and equality compare. Shared: do not change. */
  byte[] rawHash() {
    return hash;
  }

  /**
   * {@code N-hash} in UTF-8; it needs no escape in JSON. Made for each row of long answers, so
   * without a text in between.
   */
  public byte[] textBytes() {
    int dash = 1;
    for (int rest = generation; rest >= 10; rest /= 10) {
      dash++;
    }
    byte[] text = new byte[dash + 1 + (foreign ? hash.length : 2 * HASH_BYTES)];
    int rest = generation;
    for (int at = dash; at > 0; rest /= 10) {
      text[--at] = (byte) ('0' + rest % 10);
    }
    text[dash] = '-';
    if (foreign) {
      System.arraycopy(hash, 0, text, dash + 1, hash.length);
    } else {
      putDigits(text, dash + 1);
    }
    return text;
  }

  private void putDigits(byte[] text, int from) {
    int at = from;
    for (byte octet : hash) {
      text[at++] = DIGITS[octet >> 4 & 0xf];
      text[at++] = DIGITS[octet & 0xf];
    }
  }

  @Override
  public int compareTo(RevId other) {
    if (generation != other.generation) {
      return Integer.compare(generation, other.generation);
    }
    int byHash = Arrays.compareUnsigned(hash, other.hash);
    return byHash != 0 ? byHash : Boolean.compare(foreign, other.foreign);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    return object instanceof RevId other
        && generation == other.generation
        && foreign == other.foreign
        && Arrays.equals(hash, other.hash);
  }

  @Override
  public int hashCode() {
    return generation * 31 + Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return new String(textBytes(), StandardCharsets.UTF_8);
  }
}
