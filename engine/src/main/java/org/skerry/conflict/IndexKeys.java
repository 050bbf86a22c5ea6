package org.skerry.conflict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * Keys of a database's list of conflicts.
 *
 * <pre>
 *   0                          how far it is
 *   1  id                      → time            an open conflict's place
 *   2  time (8)  id            → ConflictRow     open conflicts, oldest first
 *   3  length (2)  id  rev     → time            a settlement's place
 *   4  time (8)  length (2)  id  rev             settlements, oldest first
 *   5  length (2)  id  rev     → time            the tombstone that tells of an undoing
 * </pre>
 */
final class IndexKeys {
  static final byte STATE = 0;
  static final byte PLACE = 1;
  static final byte OPEN = 2;
  static final byte SETTLED_PLACE = 3;
  static final byte SETTLED = 4;
  static final byte UNDONE = 5;

  private IndexKeys() {}

  /** A settlement and when this node saw it. */
  record Settled(DocId id, RevId into, Instant seen) {}

  static byte[] of(byte kind) {
    return new byte[] {kind};
  }

  static byte[] place(DocId id) {
    return ByteBuffer.allocate(1 + id.utf8().length).put(PLACE).put(id.utf8()).array();
  }

  static byte[] open(Instant time, DocId id) {
    return ByteBuffer.allocate(1 + Long.BYTES + id.utf8().length)
        .put(OPEN)
        .putLong(time.toEpochMilli())
        .put(id.utf8())
        .array();
  }

  /** Where the settlements of a document begin. */
  static byte[] settledPlaces(DocId id) {
    return revisions(SETTLED_PLACE, id);
  }

  /** Where the undoings of a document's settlements begin. */
  static byte[] undoings(DocId id) {
    return revisions(UNDONE, id);
  }

  private static byte[] revisions(byte kind, DocId id) {
    return ByteBuffer.allocate(1 + Short.BYTES + id.utf8().length)
        .put(kind)
        .putShort((short) id.utf8().length)
        .put(id.utf8())
        .array();
  }

  static byte[] undone(DocId id, RevId tombstone) {
    return join(undoings(id), tombstone.textBytes());
  }

  static byte[] settledPlace(DocId id, RevId into) {
    return join(settledPlaces(id), into.textBytes());
  }

  static byte[] settled(Instant time, DocId id, RevId into) {
    byte[] head =
        ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES)
            .put(SETTLED)
            .putLong(time.toEpochMilli())
            .putShort((short) id.utf8().length)
            .array();
    return join(join(head, id.utf8()), into.textBytes());
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  static byte[] time(Instant time) {
    return ByteBuffer.allocate(Long.BYTES).putLong(time.toEpochMilli()).array();
  }

  static Instant readTime(byte[] value) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(value).getLong());
  }

  /** The time in a key of kind {@link #OPEN} or {@link #SETTLED}. */
  static Instant timeIn(byte[] key) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(key, 1, Long.BYTES).getLong());
  }

  static DocId openId(byte[] key) {
    return DocId.ofStored(Arrays.copyOfRange(key, 1 + Long.BYTES, key.length));
  }

  static Optional<Settled> settledIn(byte[] key) {
    int at = 1 + Long.BYTES;
    int length = Short.toUnsignedInt(ByteBuffer.wrap(key).getShort(at));
    int from = at + Short.BYTES;
    DocId id = DocId.ofStored(Arrays.copyOfRange(key, from, from + length));
    String rev = new String(key, from + length, key.length - from - length, StandardCharsets.UTF_8);
    return Revs.parse(rev).map(into -> new Settled(id, into, timeIn(key)));
  }

  /** The revision at the end of a key of kind {@link #SETTLED_PLACE}. */
  static Optional<RevId> intoIn(byte[] key, int prefix) {
    return Revs.parse(new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8));
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
