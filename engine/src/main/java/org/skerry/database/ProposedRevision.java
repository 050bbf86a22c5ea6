package org.skerry.database;

import java.util.List;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevPath;
import org.skerry.store.RevisionVisitor.Found;

/**
 * A revision at a database's door, as a {@link WriteGuard} sees it.
 *
 * @param path for an edit the revision that it follows, if any: its own name is not made yet. For a
 *     merge the revision itself, with its ancestors
 * @param attachments all of them; those that are new to an edit have the {@code revpos} 0
 * @param previous the nearest ancestor whose content is here
 */
public record ProposedRevision(
    Origin origin,
    DocId id,
    Optional<RevPath> path,
    boolean deleted,
    Body body,
    List<AttachmentRef> attachments,
    Optional<Found> previous) {

  /** By which of the two ways it comes. */
  public enum Origin {
    /** Somebody's edit here. */
    EDIT,
    /** Made elsewhere, with a name that its content must not belie. */
    MERGE
  }

  ProposedRevision withBody(Body other) {
    return new ProposedRevision(origin, id, path, deleted, other, attachments, previous);
  }
}
