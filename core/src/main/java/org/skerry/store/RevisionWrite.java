package org.skerry.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.subset.Placement;

/** One revision on its way in. Its attachments' bytes are in the attachment store already. */
public sealed interface RevisionWrite {
  DocId id();

  /** The revision and what is known of its ancestors. */
  RevPath path();

  boolean deleted();

  Body body();

  List<AttachmentRef> attachments();

  /** Which sites it concerns. */
  Placement placement();

  /** The revision's name. */
  default RevId rev() {
    return path().newest();
  }

  /**
   * Somebody's edit, which must follow a leaf: {@link Outcome.Stale} when its parent is not one at
   * the moment of the commit. Without a parent it creates the document, and is stale when the
   * document exists, deleted or not.
   */
  record Edit(
      DocId id,
      Optional<RevId> parent,
      RevId rev,
      boolean deleted,
      Body body,
      List<AttachmentRef> attachments,
      Placement placement)
      implements RevisionWrite {
    /** An edit in a database without scope rules. */
    public Edit(
        DocId id,
        Optional<RevId> parent,
        RevId rev,
        boolean deleted,
        Body body,
        List<AttachmentRef> attachments) {
      this(id, parent, rev, deleted, body, attachments, Placement.NONE);
    }

    @Override
    public RevPath path() {
      return parent.map(known -> RevPath.of(rev, known)).orElseGet(() -> RevPath.of(rev));
    }
  }

  /** A revision made elsewhere, which is added whatever stands here. */
  record Merge(
      DocId id,
      RevPath path,
      boolean deleted,
      Body body,
      List<AttachmentRef> attachments,
      Placement placement)
      implements RevisionWrite {
    /** A revision for a database without scope rules. */
    public Merge(
        DocId id, RevPath path, boolean deleted, Body body, List<AttachmentRef> attachments) {
      this(id, path, deleted, body, attachments, Placement.NONE);
    }
  }

  /**
   * One of the revisions that settle a conflict, made in the light of all live leaves: {@link
   * Outcome.Stale} when others stand there at the moment of the commit. Its parent need not be a
   * leaf. So of several in one batch, each expecting what the one before it leaves, all are written
   * or none.
   *
   * @param live all live leaves, as they are expected to be before this write
   */
  record Settle(Edit edit, Set<RevId> live) implements RevisionWrite {
    public Settle {
      live = Set.copyOf(live);
    }

    @Override
    public DocId id() {
      return edit.id();
    }

    @Override
    public RevPath path() {
      return edit.path();
    }

    @Override
    public boolean deleted() {
      return edit.deleted();
    }

    @Override
    public Body body() {
      return edit.body();
    }

    @Override
    public List<AttachmentRef> attachments() {
      return edit.attachments();
    }

    @Override
    public Placement placement() {
      return edit.placement();
    }
  }
}
