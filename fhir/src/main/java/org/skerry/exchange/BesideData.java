package org.skerry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.document.Body;
import org.skerry.document.DocumentLimits;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.attached.Inline;
import org.skerry.fhir.resource.Attached;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.StampedBody;
import org.skerry.store.AttachmentStore;
import org.skerry.store.StoredRevision;

/**
 * Data that are kept beside a resource here, and stand in it at a partner. What was taken out of
 * versions that came is in the store, kept there until this is closed. One thread.
 */
final class BesideData implements AutoCloseable {
  /** So many bytes of a resource are held in memory while it is sent. */
  static final long MOST = 32 << 20;

  private final AttachmentIntake intake;
  private final DocumentLimits limits;
  private final List<Detached> taken = new ArrayList<>();
  private final Map<RecordId, List<AttachmentInput.Stored>> brought = new HashMap<>();

  /** Of a database whose documents may be so large. */
  BesideData(AttachmentStore store, DocumentLimits limits) {
    // What a partner's answer may be is bounded already.
    this.intake = new AttachmentIntake(store, Long.MAX_VALUE);
    this.limits = limits;
  }

  /**
   * A version with its large data beside it.
   *
   * @throws BadDocumentException when it is too large without them
   */
  Incoming takeOut(Incoming incoming) {
    Optional<StampedBody> body = incoming.body();
    if (body.isEmpty()) {
      return incoming;
    }
    byte[] json = body.get().body().json();
    Detached sent = detached(json, incoming.id());
    if (sent.brought().isEmpty()) {
      if (json.length > limits.maxBodyBytes()) {
        throw new BadDocumentException(
            Kind.TOO_LARGE,
            json.length + " bytes, at most " + limits.maxBodyBytes() + " are accepted");
      }
      return incoming;
    }
    taken.add(sent);
    brought.put(incoming.id(), sent.brought());
    String written =
        new String(json, body.get().stampAt(), body.get().stampLength(), StandardCharsets.US_ASCII);
    StampedBody without =
        IncomingResource.read(sent.json())
            .body(resource(incoming.id()), Instant.parse(written), limits);
    Version version = new Version(incoming.version().name(), Optional.of(without));
    return new Incoming(incoming.subject(), incoming.id(), incoming.told(), version);
  }

  /** What is no base64 stays where it is: it is the partner's, and not ours to judge. */
  private Detached detached(byte[] json, RecordId id) {
    try {
      return Detached.of(json, id.type(), intake);
    } catch (BadAttachmentException e) {
      return Detached.none(json);
    }
  }

  /**
   * What is attached to a version that was taken in: what the partner does not know, it does not
   * remove.
   */
  List<AttachmentRef> attachments(Incoming incoming, Body body, List<AttachmentRef> before) {
    return Attachments.next(
        resource(incoming.id()), body, before, brought.getOrDefault(incoming.id(), List.of()));
  }

  private static ResourceId resource(RecordId id) {
    return new ResourceId(id.type(), id.id());
  }

  @Override
  public void close() {
    taken.forEach(Detached::close);
  }

  /** Whether a revision has data beside it. */
  static boolean has(StoredRevision revision) {
    return revision.attachments().stream().anyMatch(ref -> Attached.isName(ref.name()));
  }

  /**
   * A revision with its data in it, as partners are sent it.
   *
   * @return nothing when it is more than {@link #MOST}
   */
  static Optional<StoredRevision> whole(
      RecordId id, StoredRevision revision, AttachmentStore store) {
    Inline inline = Inline.of(ResourceText.of(resource(id), revision));
    if (inline.length() > MOST) {
      return Optional.empty();
    }
    try (InputStream all = inline.open(store)) {
      Body body = Body.ofTrusted(all.readAllBytes());
      return Optional.of(new StoredRevision(revision.rev(), false, body, List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
