package org.skerry.changes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;

/**
 * The positions of one database's feed as texts for clients: {@code 42-}, then base64url of the
 * database's incarnation (16 bytes) and of the engine's own bytes, if it has any.
 *
 * <p>As CouchDB's, a token starts with the number and is opaque behind it. The incarnation tells
 * that a token belongs to an earlier life of the database's name, or to another replica: then its
 * position says nothing here, and the feed is answered from the start. Immutable; any thread may
 * call.
 */
public final class SinceTokens {
  /**
   * The header with which an answer says where the feed ends, without being asked: whoever reads
   * its checkpoint sees by it that nothing is new. Of Skerry alone.
   */
  public static final String HEADER = "X-Skerry-Update-Seq";

  /** The word for the position behind everything that is visible. */
  public static final String NOW = "now";

  /**
   * Texts beyond are not worth parsing; CouchDB's own grow with its shards to some thousand
   * characters.
   */
  private static final int MAX_CHARS = 64 * 1024;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final DocumentStore store;
  private final byte[] incarnation;
  private final String suffix;
  private final byte[] suffixBytes;

  /** The tokens of that database. */
  public SinceTokens(DocumentStore store) {
    this.store = store;
    this.incarnation = HexFormat.of().parseHex(store.incarnation());
    this.suffix = "-" + ENCODER.encodeToString(incarnation);
    this.suffixBytes = suffix.getBytes(StandardCharsets.US_ASCII);
  }

  /** The token of a position. */
  public String format(Seq seq) {
    return seq.position().length == 0
        ? seq.number() + suffix
        : seq.number() + "-" + encoded(seq.position());
  }

  /**
   * What stands behind the number in a token, as ASCII. Where the engine needs no bytes of its own
   * it is always the same array: a feed of a million rows does not make it a million times. Do not
   * change it.
   */
  public byte[] suffix(Seq seq) {
    return seq.position().length == 0
        ? suffixBytes
        : ("-" + encoded(seq.position())).getBytes(StandardCharsets.US_ASCII);
  }

  private String encoded(byte[] position) {
    byte[] both = Arrays.copyOf(incarnation, incarnation.length + position.length);
    System.arraycopy(position, 0, both, incarnation.length, position.length);
    return ENCODER.encodeToString(both);
  }

  /**
   * The position that a client means.
   *
   * <p>Accepted: own tokens; {@code now}; plain numbers; tokens of another incarnation or of other
   * programs, which mean the start, as does a position that this database has not reached (it was
   * restored from an older copy, and a reader that stayed ahead of it would miss what follows).
   * Quotes around it are ignored, as CouchDB does.
   *
   * @throws InvalidSinceException when it is anything else
   */
  public Seq parse(String since) {
    String text = unquoted(since);
    if (text.equals(NOW)) {
      return store.now();
    }
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      throw new InvalidSinceException();
    }
    int digits = leadingDigits(text);
    if (digits == text.length()) {
      return reached(Seq.of(number(text, digits)));
    }
    if (digits == 0) {
      return withoutNumber(text);
    }
    if (text.charAt(digits) != '-' || digits + 1 == text.length()) {
      throw new InvalidSinceException();
    }
    if (text.startsWith(suffix, digits) && text.length() == digits + suffix.length()) {
      return reached(Seq.of(number(text, digits)));
    }
    return decoded(text, digits);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static int leadingDigits(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** A number too large for a position is one that no database has reached. */
  private static long number(String text, int digits) {
    try {
      return Long.parseLong(text, 0, digits, 10);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private Seq reached(Seq seq) {
    return seq.number() <= store.now().number() ? seq : Seq.ZERO;
  }

  /**
   * CouchDB also reads its tokens without their number: base64 of an Erlang term, compressed or a
   * list.
   */
  private static Seq withoutNumber(String text) {
    boolean erlang = text.startsWith("g1A") || text.startsWith("g2w");
    if (erlang && isBase64Url(text, 0)) {
      return Seq.ZERO;
    }
    throw new InvalidSinceException();
  }

  private Seq decoded(String text, int digits) {
    if (!isBase64Url(text, digits + 1)) {
      throw new InvalidSinceException();
    }
    byte[] both;
    try {
      both = DECODER.decode(text.substring(digits + 1));
    } catch (IllegalArgumentException e) {
      return Seq.ZERO;
    }
    int length = incarnation.length;
    boolean own = both.length > length && Arrays.equals(both, 0, length, incarnation, 0, length);
    return own
        ? reached(Seq.of(number(text, digits), Arrays.copyOfRange(both, length, both.length)))
        : Seq.ZERO;
  }

  private static boolean isBase64Url(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '=';
      if (!digit) {
        return false;
      }
    }
    return true;
  }
}
