package org.skerry.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows a document has in an index, so that they can go when it changes.
 *
 * <pre>
 *   record = rows, (view, n, length of collated key, collated key)*
 * </pre>
 */
final class DocumentRecord {
  private DocumentRecord() {}

  /** Where a row stands. */
  record Place(int view, byte[] collatedKey, int n) {}

  static byte[] encode(List<Place> places) {
    int length = Varint.length(places.size());
    for (Place place : places) {
      length +=
          Varint.length(place.view())
              + Varint.length(place.n())
              + Varint.length(place.collatedKey().length)
              + place.collatedKey().length;
    }
    byte[] record = new byte[length];
    int at = Varint.write(record, 0, places.size());
    for (Place place : places) {
      byte[] key = place.collatedKey();
      at = Varint.write(record, at, place.view());
      at = Varint.write(record, at, place.n());
      at = Varint.write(record, at, key.length);
      System.arraycopy(key, 0, record, at, key.length);
      at += key.length;
    }
    return record;
  }

  static List<Place> decode(byte[] record) {
    int count = (int) Varint.read(record, 0);
    int at = Varint.skip(record, 0);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int view = (int) Varint.read(record, at);
      at = Varint.skip(record, at);
      int n = (int) Varint.read(record, at);
      at = Varint.skip(record, at);
      int length = (int) Varint.read(record, at);
      at = Varint.skip(record, at);
      places.add(new Place(view, Arrays.copyOfRange(record, at, at + length), n));
      at += length;
    }
    return places;
  }
}
