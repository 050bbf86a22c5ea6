package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import org.skerry.store.StoreException;

/**
 * Rows of one feed that stand in one record, under the position of the first that ever stood there.
 *
 * <pre>
 *   of a row that stands alone, at the position in the key: its bytes, as {@link SubsetRow} has them
 *   of others: 0x80, and of each row its distance from the one before (of the first, from the
 *     position in the key), the length of its bytes, its bytes
 * </pre>
 *
 * Numbers are varints. The first bytes of rows are less than 0x80. Rows of older programs each
 * stood alone.
 */
final class RowPage {
  /** So many at most: whoever changes one row writes the whole page. */
  static final int ROWS = 32;

  private static final int MANY = 0x80;

  private RowPage() {}

  /**
   * A row where it stands.
   *
   * @param value as {@link SubsetRow} has it, shared; empty where a row was taken out
   */
  record Row(long seq, byte[] value) {
    boolean isOut() {
      return value.length == 0;
    }
  }

  /** The rows of a record, oldest first. */
  static List<Row> decode(byte[] key, byte[] record) {
    long seq = SubsetKeys.seqOf(key);
    if (record.length == 0 || (record[0] & MANY) == 0) {
      return List.of(new Row(seq, record));
    }
    try {
      List<Row> rows = new ArrayList<>(ROWS);
      RecordBytes in = new RecordBytes(record);
      in.take();
      while (in.isLeft()) {
        seq += in.number();
        rows.add(new Row(seq, in.bytes()));
      }
      return rows;
    } catch (RuntimeException e) {
      throw new StoreException(
          "rows " + seq + " of feed " + SubsetKeys.feedOf(key) + " are damaged", e);
    }
  }

  /**
   * Those rows as a record.
   *
   * @param at the position in its key, not behind the first
   * @param rows at least one, oldest first
   */
  static byte[] encode(long at, List<Row> rows) {
    if (rows.size() == 1 && rows.getFirst().seq() == at) {
      return rows.getFirst().value();
    }
    RecordBytes out = new RecordBytes();
    out.put(MANY);
    long before = at;
    for (Row row : rows) {
      out.number(row.seq() - before);
      out.bytes(row.value());
      before = row.seq();
    }
    return out.toArray();
  }
}
