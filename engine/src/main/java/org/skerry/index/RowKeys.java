package org.skerry.index;

import java.util.Arrays;
import org.skerry.collation.CollatedKeys;
import org.skerry.document.DocId;

/**
 * Where rows stand in a view: by collated key, then document, then the order in which the document
 * emitted equal keys.
 *
 * <pre>
 *   row key = collated key | id, with 00 as 00 FF | 00 | n (4 bytes)
 * </pre>
 */
final class RowKeys {
  private static final byte END = 0;

  /** Above every n. */
  private static final int LAST = -1;

  private RowKeys() {}

  static byte[] of(byte[] collated, DocId id, int n) {
    return of(collated, id.utf8(), n);
  }

  private static byte[] of(byte[] collated, byte[] id, int n) {
    int zeros = 0;
    for (byte octet : id) {
      zeros += octet == END ? 1 : 0;
    }
    byte[] key = Arrays.copyOf(collated, collated.length + id.length + zeros + 1 + Integer.BYTES);
    int at = collated.length;
    for (byte octet : id) {
      key[at++] = octet;
      if (octet == END) {
        key[at++] = CollatedKeys.ABOVE;
      }
    }
    at++;
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      key[at++] = (byte) (n >>> shift);
    }
    return key;
  }

  /** The id in a row key that stands in a larger array. */
  static DocId id(byte[] bytes, int from, int to) {
    byte[] id = Arrays.copyOfRange(bytes, from, to - Integer.BYTES - 1);
    int used = 0;
    while (used < id.length && id[used] != END) {
      used++;
    }
    return DocId.ofStored(used == id.length ? id : unescaped(id, used));
  }

  private static byte[] unescaped(byte[] id, int firstZero) {
    int used = firstZero;
    for (int i = firstZero; i < id.length; i++) {
      id[used++] = id[i];
      if (id[i] == END) {
        i++;
      }
    }
    return Arrays.copyOf(id, used);
  }

  /** Above all rows of a collated key, or of all that begin with these bytes. */
  static byte[] above(byte[] beginning) {
    byte[] key = Arrays.copyOf(beginning, beginning.length + 1);
    key[beginning.length] = CollatedKeys.ABOVE;
    return key;
  }

  /** At the first row of a collated key and a document, or where it would be. */
  static byte[] atDocument(byte[] collated, byte[] id) {
    return of(collated, id, 0);
  }

  /** Behind all rows of a collated key and a document. */
  static byte[] behindDocument(byte[] collated, byte[] id) {
    return above(of(collated, id, LAST));
  }
}
