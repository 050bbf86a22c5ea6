package org.skerry.replication.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentMismatchException;
import org.skerry.attachment.AttachmentTooLargeException;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.RevisionRef;
import org.skerry.store.subset.Echo;
import org.skerry.wire.DocumentIntake;
import org.skerry.wire.FollowingParts;

/**
 * Writes revisions of another peer into a local database. Used once.
 *
 * <p>From a centre of which this node is a site, echoes are followed: what one takes back is
 * removed, what one brings back is written under its own name. From everybody else they are
 * nothing.
 */
final class LocalWriting {
  private final Database database;
  private final Author author;
  private final LocalLimits limits;
  private final Optional<GivingBack> givingBack;
  private final List<Refusal> refusals = new ArrayList<>();

  /** What is to be merged next, in one commit. */
  private final List<Merging> merging = new ArrayList<>();

  /** What is to be given back next; while there is any, nothing waits to be merged. */
  private final List<RevisionRef> leaving = new ArrayList<>();

  /** A revision as it is to be written, and as which the source gave it. */
  private record Merging(ForeignRevision revision, RevId given) {}

  LocalWriting(
      Database database, Author author, LocalLimits limits, Optional<GivingBack> givingBack) {
    this.database = database;
    this.author = author;
    this.limits = limits;
    this.givingBack = givingBack.filter(any -> database.subset().isEmpty());
  }

  /** One batch, one commit. */
  List<Refusal> write(List<FetchedRevision> revisions) {
    try (DocumentIntake intake = intake()) {
      for (FetchedRevision revision : revisions) {
        accept(revision, intake, FollowingParts.NONE).ifPresent(this::add);
      }
      finish();
    }
    return refusals;
  }

  Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    try (DocumentIntake intake = intake()) {
      // An attached document always goes through the intake, whose pins outlive the commit.
      FetchedRevision json =
          new FetchedRevision.AsJson(revision.id(), revision.rev(), revision.json());
      accept(json, intake, bytes).ifPresent(this::add);
      finish();
    }
    return refusals.stream().findFirst();
  }

  private DocumentIntake intake() {
    return new DocumentIntake(
        new AttachmentIntake(database.store().attachments(), limits.maxAttachmentBytes()));
  }

  /** In the order of the source, since an echo may speak of a revision in the same batch. */
  private void add(ForeignRevision revision) {
    RevId given = revision.path().newest();
    Optional<Echo> echo = givingBack.flatMap(any -> Echo.of(revision.id(), revision.path()));
    if (echo.isEmpty()) {
      add(new Merging(revision, given));
    } else if (echo.get().gone()) {
      merge();
      // Of a branch that grew at the centre before it left, the site may have the beginning.
      revision.path().revisions().stream()
          .skip(echo.get().depth())
          .forEach(rev -> leaving.add(new RevisionRef(revision.id(), rev)));
    } else {
      List<RevId> path = revision.path().revisions();
      add(
          new Merging(
              new ForeignRevision(
                  revision.id(),
                  new RevPath(path.subList(echo.get().depth(), path.size())),
                  false,
                  revision.body(),
                  revision.attachments()),
              given));
    }
  }

  private void add(Merging one) {
    giveBack();
    merging.add(one);
  }

  private void finish() {
    merge();
    giveBack();
  }

  private void giveBack() {
    if (!leaving.isEmpty()) {
      givingBack.ifPresent(way -> way.remove(database, leaving));
      leaving.clear();
    }
  }

  private void merge() {
    if (merging.isEmpty()) {
      return;
    }
    List<WriteResult> results =
        database.merge(merging.stream().map(Merging::revision).toList(), author);
    for (int i = 0; i < results.size(); i++) {
      ForeignRevision revision = merging.get(i).revision();
      String given = merging.get(i).given().toString();
      switch (results.get(i)) {
        case WriteResult.Written written -> {}
        case WriteResult.Present present -> {}
        case WriteResult.MissingStub stub ->
            refuse(
                revision.id().text(),
                given,
                Refusal.MISSING_STUB,
                "the bytes of attachment '" + stub.attachment() + "' are not here");
        case WriteResult.Forbidden(String error, String reason) ->
            refuse(revision.id().text(), given, error, reason);
        case WriteResult.Conflict conflict ->
            throw new IllegalStateException("a merge was called a conflict: " + conflict);
      }
    }
    merging.clear();
  }

  private Optional<ForeignRevision> accept(
      FetchedRevision revision, DocumentIntake intake, FollowingParts bytes) {
    String id = revision.id().text();
    String rev = revision.rev().toString();
    try {
      return switch (revision) {
        case FetchedRevision.AsStored stored -> stored(stored);
        case FetchedRevision.AsJson json -> Optional.of(parsed(json, intake, bytes));
      };
    } catch (BadDocumentException e) {
      boolean large = e.kind() == BadDocumentException.Kind.TOO_LARGE;
      refuse(id, rev, large ? "document_too_large" : "bad_request", String.valueOf(e.getMessage()));
    } catch (AttachmentTooLargeException e) {
      refuse(id, rev, "attachment_too_large", String.valueOf(e.getMessage()));
    } catch (BadAttachmentException | AttachmentMismatchException e) {
      refuse(id, rev, Refusal.SPOILT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new PeerException(
          Kind.UNREACHABLE,
          "the attachments of document " + id + " broke off: " + e.getMessage(),
          e);
    }
    return Optional.empty();
  }

  private void refuse(String id, String rev, String error, String reason) {
    refusals.add(new Refusal(id, rev, error, String.valueOf(reason)));
  }

  private Optional<ForeignRevision> stored(FetchedRevision.AsStored stored) {
    int size = stored.revision().body().json().length;
    if (size > limits.documents().maxBodyBytes()) {
      refuse(
          stored.id().text(),
          stored.rev().toString(),
          "document_too_large",
          size + " bytes, at most " + limits.documents().maxBodyBytes() + " are accepted");
      return Optional.empty();
    }
    List<AttachmentInput> stubs =
        stored.revision().attachments().stream().map(LocalWriting::stub).toList();
    return Optional.of(
        new ForeignRevision(
            stored.id(),
            stored.path(),
            stored.revision().deleted(),
            stored.revision().body(),
            stubs));
  }

  private static AttachmentInput stub(AttachmentRef ref) {
    return new AttachmentInput.Stub(
        ref.name(), Optional.of(ref.revpos()), Optional.of(ref.digest()));
  }

  private ForeignRevision parsed(
      FetchedRevision.AsJson json, DocumentIntake intake, FollowingParts bytes) throws IOException {
    IncomingDocument document = DocumentReader.read(json.json(), limits.documents());
    boolean same =
        document.id().map(json.id().text()::equals).orElse(false)
            && document.rev().map(json.rev()::equals).orElse(false);
    if (!same) {
      throw new PeerException(
          Kind.NONSENSE,
          "asked for " + json.id() + " " + json.rev() + " and got a document of another name");
    }
    return intake.foreign(json.id(), document, bytes);
  }
}
