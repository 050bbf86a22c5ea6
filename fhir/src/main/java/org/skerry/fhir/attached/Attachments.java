package org.skerry.fhir.attached;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Attached;
import org.skerry.fhir.resource.AttachedText;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.store.StoredRevision;

/** What is attached to the next version of a resource. */
public final class Attachments {
  /** The attachment that is the content of a Binary which was sent as it is. */
  public static final String CONTENT = "content";

  private Attachments() {}

  /**
   * A resource that names places of its own data, as lists show them, with these data: whoever
   * changes what a search has shown changes nothing of what it did not show.
   *
   * @throws OutcomeException 422 when they are data of another version: they would be lost with it
   */
  public static IncomingResource meant(
      IncomingResource sent, ResourceId id, Optional<StoredRevision> current) {
    boolean named =
        Detached.concerns(id.type())
            && current.isPresent()
            && AttachedText.mentionsPlace(sent.json());
    if (!named) {
      return sent;
    }
    byte[] read = AttachedText.taken(sent.json(), current.get().attachments());
    Set<String> lost = AttachedText.places(read, id);
    lost.removeAll(AttachedText.places(current.get().body().json(), id));
    if (!lost.isEmpty()) {
      throw OutcomeException.of(
          422,
          "processing",
          "The current version of "
              + id
              + " does not have what is at "
              + lost.iterator().next()
              + ": send its bytes as data, which a version has that is read by itself");
    }
    return IncomingResource.read(read);
  }

  /**
   * What is attached now stays, since attachments that came by the document API stay with their
   * document; but one content alone, and of data beside the resource those that it has.
   *
   * @param before what is attached now
   * @param brought with it
   */
  public static List<AttachmentRef> next(
      ResourceId id, Body body, List<AttachmentRef> before, List<AttachmentInput.Stored> brought) {
    if (before.isEmpty() && brought.isEmpty()) {
      return List.of();
    }
    boolean replaced =
        brought.stream().anyMatch(input -> input.name().equals(CONTENT))
            || id.type().equals("Binary") && Json.object(body.json()).value("data").isPresent();
    boolean detaches = Detached.concerns(id.type());
    List<AttachmentRef> refs = new ArrayList<>();
    Map<String, AttachmentRef> data = new HashMap<>();
    for (AttachmentInput.Stored input : brought) {
      take(input.ref(), detaches, refs, data);
    }
    for (AttachmentRef ref : before) {
      if (!replaced || !ref.name().equals(CONTENT)) {
        take(ref, detaches, refs, data);
      }
    }
    if (!data.isEmpty()) {
      for (Attached attached : AttachedText.in(body.json())) {
        Optional.ofNullable(data.remove(attached.name()))
            .ifPresent(ref -> refs.add(typed(ref, attached)));
      }
    }
    return refs;
  }

  /**
   * What was there before comes last, and counts where it is the same, since replicas have it: a
   * name is made of a hash for which others can be found.
   */
  private static void take(
      AttachmentRef ref,
      boolean detaches,
      List<AttachmentRef> refs,
      Map<String, AttachmentRef> data) {
    if (detaches && Attached.isName(ref.name())) {
      data.merge(ref.name(), ref, (sent, there) -> there.blob().equals(sent.blob()) ? there : sent);
    } else {
      refs.add(ref);
    }
  }

  private static AttachmentRef typed(AttachmentRef ref, Attached attached) {
    return called(ref, ref.name(), attached.contentType().orElse(ref.contentType()));
  }

  /** The same bytes under a name and with a type. */
  static AttachmentRef called(AttachmentRef ref, String name, String contentType) {
    return new AttachmentRef(
        name,
        contentType,
        ref.revpos(),
        ref.blob(),
        ref.digest(),
        ref.encoding(),
        ref.length(),
        ref.storedLength());
  }

  /** Whether two versions have the same attached. */
  public static boolean same(List<AttachmentRef> some, List<AttachmentRef> others) {
    return digests(some).equals(digests(others));
  }

  private static List<String> digests(List<AttachmentRef> refs) {
    return refs.stream().map(AttachmentRef::digest).sorted().toList();
  }

  /** As they are written. */
  public static List<AttachmentInput> inputs(List<AttachmentRef> refs) {
    return refs.stream().map(ref -> (AttachmentInput) new AttachmentInput.Stored(ref)).toList();
  }
}
