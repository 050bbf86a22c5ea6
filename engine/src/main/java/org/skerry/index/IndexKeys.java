package org.skerry.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skerry.document.DocId;

/**
 * What stands where in an index's space.
 *
 * <pre>
 *   S                           the state: position in the feed, roots
 *   D id                        which rows a document has; of documents that have some
 *   N view (2) node (8)         the nodes of a view's tree
 * </pre>
 */
final class IndexKeys {
  static final byte[] STATE = {'S'};
  static final byte[] DOCUMENTS = {'D'};

  private IndexKeys() {}

  static byte[] document(DocId id) {
    return ByteBuffer.allocate(1 + id.utf8().length).put(DOCUMENTS).put(id.utf8()).array();
  }

  /** The document of such a key. */
  static DocId documentOf(byte[] key) {
    return DocId.ofStored(Arrays.copyOfRange(key, DOCUMENTS.length, key.length));
  }

  static byte[] node(int view, long id) {
    return ByteBuffer.allocate(1 + Short.BYTES + Long.BYTES)
        .put((byte) 'N')
        .putShort((short) view)
        .putLong(id)
        .array();
  }
}
