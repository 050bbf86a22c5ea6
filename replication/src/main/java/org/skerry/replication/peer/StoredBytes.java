package org.skerry.replication.peer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentBody;
import org.skerry.document.AttachmentRef;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DamagedRecordException;

/**
 * Attachments' bytes of a revision that is stored here. Remembers when some of them could not be
 * read, since whoever reads them may say it in words of its own. One thread.
 */
final class StoredBytes implements FollowingBytes {
  private final AttachmentStore store;
  private final List<AttachmentRef> attachments;
  private Optional<DamagedRecordException> damage = Optional.empty();

  StoredBytes(AttachmentStore store, List<AttachmentRef> attachments) {
    this.store = store;
    this.attachments = attachments;
  }

  /** Why the bytes did not all come, if that was the store's fault. */
  Optional<DamagedRecordException> damage() {
    return damage;
  }

  @Override
  public InputStream next(String name) {
    AttachmentRef ref =
        attachments.stream()
            .filter(attachment -> attachment.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no attachment " + name));
    try {
      return new Noting(AttachmentBody.stored(store, ref).stream());
    } catch (DamagedRecordException e) {
      throw noted(e);
    }
  }

  private DamagedRecordException noted(DamagedRecordException e) {
    damage = Optional.of(e);
    return e;
  }

  private final class Noting extends FilterInputStream {
    Noting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (DamagedRecordException e) {
        throw noted(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (DamagedRecordException e) {
        throw noted(e);
      }
    }
  }
}
