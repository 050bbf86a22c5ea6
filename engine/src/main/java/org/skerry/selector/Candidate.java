package org.skerry.selector;

import java.util.List;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * A revision of a document that a selector is asked about.
 *
 * @param conflicts the other live leaves, for readers who see them as {@code _conflicts}
 */
public record Candidate(
    DocId id,
    RevId rev,
    boolean deleted,
    List<AttachmentRef> attachments,
    List<RevId> conflicts,
    Body body) {

  /** A revision as readers see it who do not ask for conflicts. */
  public Candidate(
      DocId id, RevId rev, boolean deleted, List<AttachmentRef> attachments, Body body) {
    this(id, rev, deleted, attachments, List.of(), body);
  }
}
