package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.document.BlobId;
import org.skerry.document.DocId;

/**
 * Every key begins with the number of its database, 4 bytes; numbers are never used twice, so a
 * dropped database can be removed as one range. Numbers are big-endian and not negative: their
 * order is the order of their bytes. The whole layout is drawn in the story of this package.
 */
final class Keys {
  /** The number under which the node's own records stand. */
  static final int NODE = 0;

  /** The first database's number. */
  static final int FIRST_DATABASE = 1;

  static final int PREFIX = Integer.BYTES;

  /** Kinds of records in {@link Family#META}. */
  enum Kind {
    STORE('F'),
    NEXT_NUMBER('D'),
    NAME('N'),
    PROPERTY('P'),
    LEDGER('L'),
    DICTIONARY('Z'),
    LOCAL('l'),
    BLOB('B'),
    BLOB_USE('R'),
    UPLOAD('U'),
    PURGE('G'),
    PURGE_LIMIT('g');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }
  }

  private Keys() {}

  static byte[] database(int number) {
    return ByteBuffer.allocate(PREFIX).putInt(number).array();
  }

  static byte[] meta(int number, Kind kind) {
    return ByteBuffer.allocate(PREFIX + 1).putInt(number).put(kind.letter).array();
  }

  static byte[] meta(int number, Kind kind, byte[] rest) {
    return ByteBuffer.allocate(PREFIX + 1 + rest.length)
        .putInt(number)
        .put(kind.letter)
        .put(rest)
        .array();
  }

  static byte[] meta(int number, Kind kind, String rest) {
    return meta(number, kind, rest.getBytes(StandardCharsets.UTF_8));
  }

  /** The part of a key behind database and kind. */
  static byte[] rest(byte[] metaKey) {
    return Arrays.copyOfRange(metaKey, PREFIX + 1, metaKey.length);
  }

  static byte[] dictionary(int number, int id) {
    return meta(number, Kind.DICTIONARY, ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
  }

  static byte[] upload(int number, long upload) {
    return meta(number, Kind.UPLOAD, ByteBuffer.allocate(Long.BYTES).putLong(upload).array());
  }

  static byte[] purge(int number, long seq) {
    return meta(number, Kind.PURGE, ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
  }

  /** A use of a blob by the body that was written under the sequence. */
  static byte[] blobUse(int number, BlobId blob, long seq) {
    return ByteBuffer.allocate(PREFIX + 1 + BlobId.BYTES + Long.BYTES)
        .putInt(number)
        .put(Kind.BLOB_USE.letter)
        .put(blob.bytes())
        .putLong(seq)
        .array();
  }

  /** A key of what is kept of subsets, which draws its own behind the database's number. */
  static byte[] subset(int number, byte[] key) {
    return ByteBuffer.allocate(PREFIX + key.length).putInt(number).put(key).array();
  }

  static byte[] document(int number, byte[] id) {
    return ByteBuffer.allocate(PREFIX + id.length).putInt(number).put(id).array();
  }

  static byte[] document(int number, DocId id) {
    return document(number, id.utf8());
  }

  static byte[] sequence(int number, long seq) {
    return ByteBuffer.allocate(PREFIX + Long.BYTES).putInt(number).putLong(seq).array();
  }

  static long sequenceOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(PREFIX);
  }

  static byte[] segment(int number, DocId id, int segment) {
    byte[] utf8 = id.utf8();
    return ByteBuffer.allocate(PREFIX + utf8.length + Integer.BYTES)
        .putInt(number)
        .put(utf8)
        .putInt(segment)
        .array();
  }

  static byte[] chunk(int number, long upload, int chunk) {
    return ByteBuffer.allocate(PREFIX + Long.BYTES + Integer.BYTES)
        .putInt(number)
        .putLong(upload)
        .putInt(chunk)
        .array();
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
