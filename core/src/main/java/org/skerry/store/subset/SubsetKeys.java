package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.document.DocId;

/**
 * The keys of what a store keeps of subsets, within one database. Numbers are big-endian and not
 * negative.
 *
 * <pre>
 *   k                      → {@link References}: subsets are kept
 *   n site                 → feed (4)    a site's feed
 *   N                      → feed (4)    the next feed's number
 *   s id                   → {@link Scope}: labels, audience, what is special about feeds
 *   f feed (4) | seq (8)   → rows of a feed from that position on: {@link RowPage}
 *   q turn (8)             → what that turn changed in feeds, until it is filed: {@link TurnRows}
 *   m feed (4) | id        → a member of a subset: {@link Members}
 *   M feed (4)             → seq (8): up to where in the feed members are listed
 *   g feed (4) | id        → nothing: a document that the site has whatever its labels say
 *   p seq (8)              → labels that documents got at that write: {@link Labelled}
 *   l label | id           → more ids: documents that have the label, or had it: {@link Followers}
 *   r id                   → nothing: some document has this one's label
 *   R                                    some may refer to a document that is not here
 *   a label                → {@link Audience} of a place's label
 *   t                      → nothing: what stands under p is to be filed under l
 *   t distance (1) | label → the id up to which documents of the label have followed: {@link Task}
 * </pre>
 *
 * A label is its kind's letter, the length of its name (2) and the name.
 */
final class SubsetKeys {
  static final byte[] KEPT = {'k'};
  static final byte[] DANGLING = {'R'};
  static final byte[] NEXT_FEED = {'N'};
  static final byte[] TASKS = {'t'};
  static final byte[] FILING = TASKS;
  static final byte[] UNFILED = {'p'};
  static final byte[] TURNS = {'q'};
  static final byte SCOPE = 's';

  private static final int FEED = 1 + Integer.BYTES;

  private SubsetKeys() {}

  static byte[] site(String site) {
    return named('n', site.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] scope(DocId id) {
    return named('s', id.utf8());
  }

  static byte[] referred(String id) {
    return named('r', id.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] named(char kind, byte[] name) {
    return ByteBuffer.allocate(1 + name.length).put((byte) kind).put(name).array();
  }

  static byte[] rows(int feed) {
    return ByteBuffer.allocate(FEED).put((byte) 'f').putInt(feed).array();
  }

  static byte[] row(int feed, long seq) {
    return ByteBuffer.allocate(FEED + Long.BYTES).put((byte) 'f').putInt(feed).putLong(seq).array();
  }

  static long seqOf(byte[] row) {
    return ByteBuffer.wrap(row).getLong(FEED);
  }

  static int feedOf(byte[] row) {
    return ByteBuffer.wrap(row).getInt(1);
  }

  static byte[] members(int feed) {
    return ByteBuffer.allocate(FEED).put((byte) 'm').putInt(feed).array();
  }

  static byte[] member(int feed, byte[] id) {
    return ByteBuffer.allocate(FEED + id.length).put((byte) 'm').putInt(feed).put(id).array();
  }

  static DocId memberOf(byte[] key) {
    return DocId.ofStored(Arrays.copyOfRange(key, FEED, key.length));
  }

  static byte[] listed(int feed) {
    return ByteBuffer.allocate(FEED).put((byte) 'M').putInt(feed).array();
  }

  static byte[] unfiled(long seq) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(UNFILED).putLong(seq).array();
  }

  static byte[] turn(long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(TURNS).putLong(number).array();
  }

  static long turnOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  static byte[] granted(int feed, byte[] id) {
    return ByteBuffer.allocate(FEED + id.length).put((byte) 'g').putInt(feed).put(id).array();
  }

  /** Whose document a record of that kind names. */
  static DocId grantedOf(byte[] key) {
    return memberOf(key);
  }

  static byte[] audience(Label label) {
    return labelled('a', label, new byte[0]);
  }

  /** Those that come from farther away are the last. */
  static byte[] task(int depth, Label label) {
    byte[] behind = labelled('t', label, new byte[0]);
    byte[] key = new byte[behind.length + 1];
    key[0] = 't';
    key[1] = (byte) (Meaning.DEPTH - depth);
    System.arraycopy(behind, 1, key, 2, behind.length - 1);
    return key;
  }

  static int depthOfTask(byte[] key) {
    return Meaning.DEPTH - key[1];
  }

  static byte[] labelled(Label label) {
    return labelled('l', label, new byte[0]);
  }

  static byte[] labelled(Label label, DocId id) {
    return labelled('l', label, id.utf8());
  }

  private static byte[] labelled(char kind, Label label, byte[] rest) {
    byte[] name = label.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + 1 + Short.BYTES + name.length + rest.length)
        .put((byte) kind)
        .put(label.kind().letter())
        .putShort((short) name.length)
        .put(name)
        .put(rest)
        .array();
  }

  static Label labelOfTask(byte[] key) {
    int length = ByteBuffer.wrap(key).getShort(3);
    return new Label(
        Label.Kind.of(key[2]), new String(key, 3 + Short.BYTES, length, StandardCharsets.UTF_8));
  }

  /** What stands behind the prefix. */
  static DocId idBehind(byte[] prefix, byte[] key) {
    return DocId.ofStored(Arrays.copyOfRange(key, prefix.length, key.length));
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
