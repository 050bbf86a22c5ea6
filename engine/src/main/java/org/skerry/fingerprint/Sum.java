package org.skerry.fingerprint;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.skerry.index.Reduction;
import org.skerry.index.Row;

/** Keeps the fingerprint of any range of rows. A row's value is its document's hash, in hex. */
final class Sum implements Reduction {
  private static final char BETWEEN = ' ';

  @Override
  public byte[] reduce(List<Row> rows) {
    Fingerprint sum = Fingerprint.NOTHING;
    for (Row row : rows) {
      // Within quotation marks, since it is JSON.
      String hex = new String(row.value(), StandardCharsets.US_ASCII).replace("\"", "");
      sum = sum.plus(Fingerprint.one(HexFormat.of().parseHex(hex)));
    }
    return encode(sum);
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    Fingerprint sum = Fingerprint.NOTHING;
    for (byte[] state : states) {
      sum = sum.plus(decode(state));
    }
    return encode(sum);
  }

  private static byte[] encode(Fingerprint fingerprint) {
    return (fingerprint.sum() + BETWEEN + fingerprint.count()).getBytes(StandardCharsets.US_ASCII);
  }

  static Fingerprint decode(byte[] state) {
    String text = new String(state, StandardCharsets.US_ASCII);
    int end = text.indexOf(BETWEEN);
    return new Fingerprint(Long.parseLong(text.substring(end + 1)), text.substring(0, end));
  }

  @Override
  public Reduced result(byte[] state) {
    return new Reduced.Value(state);
  }
}
