package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;

/**
 * One row of a subset's feed.
 *
 * @param seq its position, in the database's numbers
 * @param left whether it says that the document left the subset
 */
public record SubsetRow(DocId id, long seq, boolean left, int urgency) {
  private static final int LEFT = 1;

  /** Whether the next two are said; older rows leave them to the members. */
  private static final int COUNTED = 2;

  private static final int DELETED = 4;
  private static final int CONFLICTED = 8;

  /** Whether a document is deleted, and whether it is in conflict. */
  record Count(boolean deleted, boolean conflicted) {
    /** As members were written that had it. */
    static Count ofMember(byte[] flags) {
      int known = flags.length == 0 ? 0 : flags[0];
      return new Count((known & 1) != 0, (known & 2) != 0);
    }
  }

  static byte[] encode(DocId id, boolean left, int urgency, List<Leaf> leaves) {
    int live = 0;
    for (Leaf leaf : leaves) {
      live += leaf.deleted() ? 0 : 1;
    }
    int flags =
        COUNTED | (left ? LEFT : 0) | (live == 0 ? DELETED : 0) | (live > 1 ? CONFLICTED : 0);
    return ByteBuffer.allocate(2 + id.utf8().length)
        .put((byte) flags)
        .put((byte) urgency)
        .put(id.utf8())
        .array();
  }

  static SubsetRow decode(RowPage.Row row) {
    byte[] value = row.value();
    return new SubsetRow(
        DocId.ofStored(Arrays.copyOfRange(value, 2, value.length)),
        row.seq(),
        (value[0] & LEFT) != 0,
        value[1] & 0xff);
  }

  /** Whether a row says that its document left. */
  static boolean isLeft(byte[] value) {
    return (value[0] & LEFT) != 0;
  }

  /** Whether a row says what is counted. */
  static boolean isCounted(byte[] value) {
    return (value[0] & COUNTED) != 0;
  }

  static Count count(byte[] value) {
    return new Count((value[0] & DELETED) != 0, (value[0] & CONFLICTED) != 0);
  }
}
