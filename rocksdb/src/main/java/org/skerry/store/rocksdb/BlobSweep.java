package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.document.BlobId;

/**
 * Removes chunks of uploads that never finished, and blobs that no body uses. Candidates are found
 * while others write; the writer's thread looks again before it removes one, so nothing that was
 * just named is lost.
 */
final class BlobSweep {
  private static final int PAGE = 100;

  private final Cabinet cabinet;
  private final Blobs blobs;

  BlobSweep(Cabinet cabinet, Blobs blobs) {
    this.cabinet = cabinet;
    this.blobs = blobs;
  }

  static void deleteUpload(Group group, int number, long upload) {
    group.deleteRange(
        Family.CHUNKS, Keys.chunk(number, upload, 0), Keys.chunk(number, upload + 1, 0));
    group.delete(Family.META, Keys.upload(number, upload));
  }

  void run() {
    sweepOrphans();
    List<BlobId> candidates = new ArrayList<>();
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.BLOB);
    try (View view = cabinet.tables().view();
        Cursor records = cabinet.tables().cursor(Family.META, view.options());
        Cursor uses = cabinet.tables().cursor(Family.META, view.options())) {
      for (records.seek(prefix); records.within(prefix); records.next()) {
        BlobId blob = BlobId.of(Keys.rest(records.key()));
        if (!isUsed(uses, blob)) {
          candidates.add(blob);
        }
        if (candidates.size() == PAGE) {
          sweep(List.copyOf(candidates));
          candidates.clear();
        }
      }
    }
    sweep(List.copyOf(candidates));
  }

  private boolean isUsed(Cursor uses, BlobId blob) {
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.BLOB_USE, blob.bytes());
    uses.seek(prefix);
    return uses.within(prefix);
  }

  private void sweep(List<BlobId> candidates) {
    if (candidates.isEmpty()) {
      return;
    }
    Set<BlobId> claimed = new HashSet<>();
    try {
      cabinet
          .writer()
          .write(
              group -> {
                sweep(group, candidates, claimed);
                // Not by this thread, which may sleep on: what was swept may be uploaded again by
                // the same group, and is there for whoever is answered.
                group.afterwards(() -> blobs.release(claimed));
                return true;
              });
    } finally {
      // Of a group that failed.
      blobs.release(claimed);
    }
  }

  /**
   * A commit that names a blob holds its pin: so a blob without pin and use will not be named any
   * more.
   */
  private void sweep(Group group, List<BlobId> candidates, Set<BlobId> claimed) {
    ShelfDraft draft = group.on(cabinet.shelf());
    try (Cursor uses = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      for (BlobId blob : candidates) {
        if (!claimed.contains(blob) && !blobs.claim(blob)) {
          continue;
        }
        claimed.add(blob);
        if (isUsed(uses, blob)) {
          continue;
        }
        blobs
            .find(blob)
            .ifPresent(
                record -> {
                  deleteUpload(group, cabinet.number(), record.upload());
                  group.delete(
                      Family.META, Keys.meta(cabinet.number(), Keys.Kind.BLOB, blob.bytes()));
                  draft.countBytes(-record.length(), -record.length());
                });
      }
    }
  }

  private void sweepOrphans() {
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.UPLOAD);
    List<Long> orphans = new ArrayList<>();
    try (Cursor markers = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      for (markers.seek(prefix); markers.within(prefix); markers.next()) {
        long upload = ByteBuffer.wrap(Keys.rest(markers.key())).getLong();
        if (!blobs.isActive(upload)) {
          orphans.add(upload);
        }
      }
    }
    if (orphans.isEmpty()) {
      return;
    }
    cabinet
        .writer()
        .write(
            group -> {
              group.on(cabinet.shelf());
              orphans.forEach(upload -> deleteUpload(group, cabinet.number(), upload));
              return true;
            });
  }
}
