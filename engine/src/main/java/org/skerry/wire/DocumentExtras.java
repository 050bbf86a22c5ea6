package org.skerry.wire;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentForm;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * What a document shows besides its id, its revision and its body. Empty lists are not shown.
 *
 * @param revisions {@code _revisions}
 * @param revsInfo {@code _revs_info}
 * @param conflicts {@code _conflicts}: the other live leaves
 * @param deletedConflicts {@code _deleted_conflicts}: the tombstones among the other leaves
 * @param localSeq {@code _local_seq}, as JSON
 * @param attachments in which form attachments are shown
 * @param encodingInfo whether encoded attachments show how they are stored
 */
public record DocumentExtras(
    Optional<RevPath> revisions,
    List<RevInfo> revsInfo,
    List<RevId> conflicts,
    List<RevId> deletedConflicts,
    Optional<String> localSeq,
    AttachmentForm attachments,
    boolean encodingInfo) {
  /** Stubs of the attachments, and nothing else. */
  public static final DocumentExtras NONE =
      new DocumentExtras(
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          new AttachmentForm.Stubs(),
          false);

  public DocumentExtras {
    revsInfo = List.copyOf(revsInfo);
    conflicts = List.copyOf(conflicts);
    deletedConflicts = List.copyOf(deletedConflicts);
  }

  /** The same with these {@code _conflicts}. */
  public DocumentExtras withConflicts(List<RevId> live) {
    return new DocumentExtras(
        revisions, revsInfo, live, deletedConflicts, localSeq, attachments, encodingInfo);
  }

  /** The same with {@code _revisions}. */
  public DocumentExtras withRevisions(RevPath path) {
    return new DocumentExtras(
        Optional.of(path),
        revsInfo,
        conflicts,
        deletedConflicts,
        localSeq,
        attachments,
        encodingInfo);
  }

  /** The same with attachments in another form. */
  public DocumentExtras withAttachments(AttachmentForm form, boolean showEncoding) {
    return new DocumentExtras(
        revisions, revsInfo, conflicts, deletedConflicts, localSeq, form, showEncoding);
  }
}
