package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import org.skerry.document.AttachmentRef;

/**
 * Removes bodies, and what says that they use blobs. They are read from the tables: so a body that
 * the group itself put must not be removed by it.
 */
final class BodyRemoval {
  private final ShelfDraft draft;

  BodyRemoval(ShelfDraft draft) {
    this.draft = draft;
  }

  /** A body on compaction's list, and its entry there. */
  void remove(long seq, Superseded superseded) {
    draft.group().deleteOnlyPut(Family.SUPERSEDED, Keys.sequence(draft.number(), seq));
    draft.countBytes(-superseded.bodyBytes(), 0);
    draft.countSuperseded(-1);
    remove(seq, superseded.attached());
  }

  /** A leaf's body. */
  void remove(StoredLeaf leaf) {
    draft.countBytes(-leaf.bodyBytes(), -leaf.storedBytes());
    remove(leaf.body(), leaf.attached());
  }

  /** A superseded revision's body, unless compaction removed it before. */
  void removeSuperseded(long seq) {
    draft
        .tables()
        .get(Family.SUPERSEDED, draft.tables().latest(), Keys.sequence(draft.number(), seq))
        .map(Superseded::decode)
        .ifPresent(superseded -> remove(seq, superseded));
  }

  private void remove(long seq, boolean attached) {
    byte[] key = Keys.sequence(draft.number(), seq);
    if (attached) {
      draft
          .tables()
          .get(Family.BODIES, draft.tables().latest(), key)
          .ifPresent(record -> removeUses(seq, record));
    }
    draft.group().deleteOnlyPut(Family.BODIES, key);
  }

  private void removeUses(long seq, byte[] record) {
    for (AttachmentRef attachment : BodyRecord.attachments(ByteBuffer.wrap(record))) {
      draft.group().delete(Family.META, Keys.blobUse(draft.number(), attachment.blob(), seq));
    }
  }
}
