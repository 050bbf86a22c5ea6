package org.skerry.http.couch;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentForm;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;

/**
 * Whether and how the rows of a listing or a feed show their documents.
 *
 * @param include whether they do; the others count only then
 * @param conflicts whether with {@code _conflicts}
 * @param attachments whether with the attachments' bytes
 * @param encodingInfo whether with how attachments are stored
 */
public record DocumentOptions(
    boolean include, boolean conflicts, boolean attachments, boolean encodingInfo) {
  public static final DocumentOptions NONE = new DocumentOptions(false, false, false, false);

  /** What the rows need of each document. */
  public Fields fields() {
    return include ? Fields.WINNER : Fields.LEAVES;
  }

  /** What is shown of the winner besides its body. */
  public DocumentExtras extras(StoredDocument document, AttachmentStore store) {
    AttachmentForm form =
        attachments ? new AttachmentForm.Inline(store, attachment -> true) : AttachmentForm.STUBS;
    boolean plain = !attachments && !encodingInfo && (!conflicts || document.leaves().size() == 1);
    return plain
        ? DocumentExtras.NONE
        : new DocumentExtras(
            Optional.empty(),
            List.of(),
            conflicts ? conflictsOf(document) : List.of(),
            List.of(),
            Optional.empty(),
            form,
            encodingInfo);
  }

  private static List<RevId> conflictsOf(StoredDocument document) {
    return document.leaves().stream()
        .skip(1)
        .filter(leaf -> !leaf.deleted())
        .map(Leaf::rev)
        .toList();
  }
}
