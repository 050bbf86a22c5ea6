package org.skerry.fhir.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.audit.Trail;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.StampedBody;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.fhir.shape.ShapeCheck;
import org.skerry.fhir.shape.Shapes;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.CouchProblems;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** The resources of one database, in somebody's name. Used by one thread. */
public final class Resources {
  /**
   * As an expected version: the resource must not be there. No entity tag is named so, as quotes
   * are around names.
   */
  public static final String NONE = "\"";

  /** An update without a version to match is tried again when somebody else wrote meanwhile. */
  private static final int TRIES = 20;

  private final Database database;
  private final Author author;
  private final Limits limits;
  private final Shapes shapes;
  private final Trail trail;

  Resources(Database database, Author author, Limits limits, Shapes shapes, Trail trail) {
    this.database = database;
    this.author = author;
    this.limits = limits;
    this.shapes = shapes;
    this.trail = trail;
  }

  public Limits limits() {
    return limits;
  }

  public Author author() {
    return author;
  }

  /** The document of a resource with the winner's body, deleted or not. */
  public Optional<StoredDocument> find(ResourceId id) {
    StoredDocument[] found = new StoredDocument[1];
    database.countReads(1);
    database
        .store()
        .load(
            List.of(id.document()),
            Fields.WINNER,
            document -> {
              found[0] = document;
              return true;
            });
    return Optional.ofNullable(found[0]);
  }

  /**
   * One version.
   *
   * @return nothing when it is unknown here, or was removed by compaction
   */
  public Optional<StoredRevision> find(ResourceId id, RevId rev) {
    database.countReads(1);
    List<Optional<Found>> found = new java.util.ArrayList<>(1);
    database
        .store()
        .read(List.of(new RevisionRef(id.document(), rev)), (ref, there) -> found.add(there));
    return found.getFirst().map(Found::revision);
  }

  /**
   * Reads a resource that was sent, and checks its shape.
   *
   * @throws OutcomeException 400 when it is no resource of R4, with all that is wrong
   */
  public IncomingResource check(byte[] json, LinkSink links) {
    List<Issue> issues;
    try {
      issues = ShapeCheck.of(json, shapes, links);
    } catch (BadDocumentException e) {
      throw OutcomeException.of(400, "structure", String.valueOf(e.getMessage()));
    }
    if (!issues.isEmpty()) {
      throw new OutcomeException(400, issues);
    }
    return IncomingResource.read(json);
  }

  /** Takes large data out of a resource that was sent. */
  public Detached detach(byte[] json, String type) {
    return Detached.of(json, type, intake());
  }

  /** Takes attachments in, as large as they may be. */
  public AttachmentIntake intake() {
    return new AttachmentIntake(
        database.store().attachments(), limits.attachmentBytes().getAsLong());
  }

  /** The body that a resource's document gets now. */
  private StampedBody body(
      IncomingResource resource, ResourceId id, Optional<StoredRevision> current) {
    return Attachments.meant(resource, id, current)
        .body(id, Instant.now(), limits.documents().get());
  }

  /** What became of a write. */
  public sealed interface Outcome {
    /** A new version is there. */
    record Written(StoredRevision revision, boolean created) implements Outcome {}

    /** The resource says the same already. */
    record Unchanged(StoredDocument document) implements Outcome {}
  }

  /**
   * Creates a resource under a name that nobody has.
   *
   * @param brought what came beside it
   */
  public StoredRevision create(
      ResourceId id, IncomingResource resource, List<AttachmentInput.Stored> brought) {
    Body body = body(resource, id, Optional.empty()).body();
    List<AttachmentRef> attachments = Attachments.next(id, body, List.of(), brought);
    WriteResult result =
        write(
            new NewRevision(
                id.document(), Optional.empty(), false, body, Attachments.inputs(attachments)));
    RevId rev = rev(result);
    trail.wrote(Action.CREATE, id, rev, body);
    return new StoredRevision(rev, false, body, attachments);
  }

  /**
   * Writes a new version, or creates the resource.
   *
   * @param expected the version that must be current, if the client says so
   * @param brought what came beside it; what it has already stays
   * @throws OutcomeException 412 when another version than the expected one is current
   */
  public Outcome update(
      ResourceId id,
      IncomingResource resource,
      Optional<String> expected,
      List<AttachmentInput.Stored> brought) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredDocument> before = find(id);
      checkVersion(id, before, expected);
      Optional<Outcome> outcome = write(id, resource, before, brought);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw busy(id);
  }

  /**
   * Writes a new version on top of exactly that one.
   *
   * @return nothing when another is current meanwhile
   */
  public Optional<Outcome> updateOnce(
      ResourceId id,
      IncomingResource resource,
      String version,
      List<AttachmentInput.Stored> brought) {
    Optional<StoredDocument> before = find(id);
    Optional<String> current =
        before.flatMap(Resources::live).map(revision -> revision.rev().toString());
    return current.equals(Optional.of(version))
        ? write(id, resource, before, brought)
        : Optional.empty();
  }

  /** Writes on top of what was seen; nothing when somebody else wrote meanwhile. */
  private Optional<Outcome> write(
      ResourceId id,
      IncomingResource resource,
      Optional<StoredDocument> document,
      List<AttachmentInput.Stored> brought) {
    Optional<StoredRevision> current = document.flatMap(Resources::live);
    List<AttachmentRef> before = current.map(StoredRevision::attachments).orElse(List.of());
    StampedBody body = body(resource, id, current);
    List<AttachmentRef> attachments = Attachments.next(id, body.body(), before, brought);
    boolean same =
        current.isPresent()
            && body.saysSameAs(current.get().body())
            && Attachments.same(attachments, before);
    if (same) {
      trail.repeated(id);
      return Optional.of(new Outcome.Unchanged(document.orElseThrow()));
    }
    NewRevision edit =
        new NewRevision(
            id.document(),
            current.map(StoredRevision::rev),
            false,
            body.body(),
            Attachments.inputs(attachments));
    WriteResult result = write(edit);
    if (result instanceof WriteResult.Conflict) {
      return Optional.empty();
    }
    RevId rev = rev(result);
    trail.wrote(current.isEmpty() ? Action.CREATE : Action.UPDATE, id, rev, body.body());
    return Optional.of(
        new Outcome.Written(
            new StoredRevision(rev, false, body.body(), attachments), current.isEmpty()));
  }

  /**
   * Deletes a resource.
   *
   * @return the tombstone; nothing when there is no resource to delete
   * @throws OutcomeException 412 when another version than the expected one is current
   */
  public Optional<RevId> delete(ResourceId id, Optional<String> expected) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredDocument> before = find(id);
      checkVersion(id, before, expected);
      Optional<StoredRevision> current = before.flatMap(Resources::live);
      if (current.isEmpty()) {
        return Optional.empty();
      }
      WriteResult result = write(deletion(id, current.get().rev()));
      if (!(result instanceof WriteResult.Conflict)) {
        RevId tombstone = rev(result);
        trail.deleted(id, tombstone);
        return Optional.of(tombstone);
      }
    }
    throw busy(id);
  }

  /** The tombstone says what it was and when it went, for those who read histories. */
  public NewRevision deletion(ResourceId id, RevId parent) {
    String json = "{\"resourceType\":\"" + id.type() + "\"}";
    Body body =
        IncomingResource.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .body(id, Instant.now(), limits.documents().get())
            .body();
    return new NewRevision(id.document(), Optional.of(parent), true, body, List.of());
  }

  /** The winner's content unless it is a tombstone. */
  public static Optional<StoredRevision> live(StoredDocument document) {
    return document.deleted() ? Optional.empty() : document.revision(document.winner().rev());
  }

  /** Refuses to go on when another version is current than the client expects. */
  public static void checkVersion(
      ResourceId id, Optional<StoredDocument> document, Optional<String> expected) {
    if (expected.isEmpty()) {
      return;
    }
    Optional<RevId> current = document.flatMap(Resources::live).map(StoredRevision::rev);
    if (expected.get().equals(NONE)) {
      if (current.isPresent()) {
        throw OutcomeException.of(
            412,
            "conflict",
            id
                + " is there, with the version "
                + ResourceText.tag(current.get())
                + ": If-None-Match asks for what is not");
      }
      return;
    }
    boolean matches =
        expected.get().equals("*")
            ? current.isPresent()
            : current.map(RevId::toString).equals(expected);
    if (!matches) {
      String found =
          current
              .map(rev -> "its current version is " + ResourceText.tag(rev))
              .orElse("it does not exist");
      throw OutcomeException.of(
          412,
          "conflict",
          id
              + " is not at the version that If-Match names: "
              + found
              + ". Read it again, and repeat the change on what is there now");
    }
  }

  private WriteResult write(NewRevision edit) {
    return database.update(edit, author);
  }

  /** The revision that was written. */
  public static RevId rev(WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> written.rev();
      case WriteResult.Present present -> present.rev();
      case WriteResult.Conflict conflict -> throw HttpProblem.conflict();
      case WriteResult.MissingStub missing -> throw CouchProblems.of(missing).orElseThrow();
      case WriteResult.Forbidden forbidden -> throw CouchProblems.of(forbidden).orElseThrow();
    };
  }

  private static OutcomeException busy(ResourceId id) {
    return OutcomeException.of(
        409, "conflict", "Others change " + id + " all the time: try again, or use If-Match");
  }
}
