package org.skerry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentsJson;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.document.DocId;
import org.skerry.document.IncomingDocument;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * Turns documents that came in into revisions to write. Their attachments' bytes go into the store
 * at once, and stay there at least until this is closed: close it after the revisions were
 * committed. One thread at a time.
 */
public final class DocumentIntake implements AutoCloseable {
  private final AttachmentIntake attachments;
  private final List<IncomingAttachment> held = new ArrayList<>();

  public DocumentIntake(AttachmentIntake attachments) {
    this.attachments = attachments;
  }

  /**
   * Somebody's edit.
   *
   * @param parent the revision that was edited, wherever the client named it
   * @throws IOException when attachments that follow end early
   */
  public NewRevision edit(
      DocId id, Optional<RevId> parent, IncomingDocument document, FollowingParts parts)
      throws IOException {
    return new NewRevision(
        id, parent, document.deleted(), document.body(), attachments(document, parts));
  }

  /**
   * A revision that has its name, from {@code _revisions} or {@code _rev}.
   *
   * @throws BadDocumentException when it has neither, or both and they differ
   * @throws IOException when attachments that follow end early
   */
  public ForeignRevision foreign(DocId id, IncomingDocument document, FollowingParts parts)
      throws IOException {
    RevPath path = path(document);
    return new ForeignRevision(
        id, path, document.deleted(), document.body(), attachments(document, parts));
  }

  private static RevPath path(IncomingDocument document) {
    Optional<RevPath> revisions = document.revisions();
    if (revisions.isEmpty()) {
      return document
          .rev()
          .map(RevPath::of)
          .orElseThrow(
              () ->
                  new BadDocumentException(
                      Kind.BAD_REV,
                      "When `new_edits: false`, the document needs `_rev` or `_revisions`"
                          + " specified"));
    }
    RevId newest = revisions.get().newest();
    if (document.rev().isPresent() && !document.rev().get().equals(newest)) {
      throw new BadDocumentException(
          Kind.BAD_REV,
          "_rev is " + document.rev().get() + ", but _revisions begins with " + newest);
    }
    return revisions.get();
  }

  private List<AttachmentInput> attachments(IncomingDocument document, FollowingParts parts)
      throws IOException {
    if (document.attachments().isEmpty()) {
      parts.end();
      return List.of();
    }
    List<AttachmentInput> inputs = new ArrayList<>();
    for (AttachmentDraft draft : AttachmentsJson.read(document.attachments().get())) {
      inputs.add(
          switch (draft) {
            case AttachmentDraft.Stub stub -> stub.input();
            case AttachmentDraft.Inline inline -> {
              try (InputStream bytes = inline.open()) {
                yield receive(inline.announced(), bytes);
              }
            }
            case AttachmentDraft.Follows follows -> {
              try (InputStream bytes = parts.next(follows.name())) {
                yield receive(follows.announced(), bytes);
              }
            }
          });
    }
    parts.end();
    return List.copyOf(inputs);
  }

  private AttachmentInput receive(AttachmentIntake.Announced announced, InputStream bytes)
      throws IOException {
    IncomingAttachment incoming = attachments.receive(announced, bytes);
    held.add(incoming);
    return incoming.input();
  }

  @Override
  public void close() {
    held.forEach(IncomingAttachment::close);
    held.clear();
  }
}
