package org.skerry.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.skerry.index.Reduction;
import org.skerry.index.Row;

/** {@code _count}: how many rows. */
final class Count implements Reduction {
  @Override
  public byte[] reduce(List<Row> rows) {
    return text(rows.size());
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    long count = 0;
    for (byte[] state : states) {
      count += number(state);
    }
    return text(count);
  }

  private static long number(byte[] digits) {
    long number = 0;
    for (byte digit : digits) {
      number = 10 * number + digit - '0';
    }
    return number;
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Reduced result(byte[] state) {
    return new Reduced.Value(state);
  }
}
