package org.skerry.fhir.resource;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.fhir.resource.Members.Member;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** A resource as clients see it: the JSON of one revision, with its version. */
public final class ResourceText {
  private final ResourceId id;
  private final RevId rev;
  private final List<RevId> others;
  private final Members members;
  private final List<AttachmentRef> attached;

  private ResourceText(
      ResourceId id,
      RevId rev,
      List<RevId> others,
      Members members,
      List<AttachmentRef> attachments) {
    this.id = id;
    this.rev = rev;
    this.others = others;
    this.members = members;
    this.attached =
        attachments.stream().filter(attachment -> Attached.isName(attachment.name())).toList();
  }

  /**
   * The winner of a document, which was loaded with its body; marked when other versions live.
   *
   * @throws NoResourceException when the document is no resource of that type
   */
  public static ResourceText of(ResourceId id, StoredDocument document) {
    RevId winner = document.winner().rev();
    List<RevId> others =
        document.leaves().size() == 1
            ? List.of()
            : document.leaves().stream()
                .skip(1)
                .filter(leaf -> !leaf.deleted())
                .map(Leaf::rev)
                .toList();
    StoredRevision revision =
        document.revision(winner).orElseThrow(() -> new IllegalStateException("no body: " + id));
    return of(id, winner, others, revision.body(), revision.attachments());
  }

  /**
   * One revision by itself.
   *
   * @throws NoResourceException when it is no resource of that type
   */
  public static ResourceText of(ResourceId id, StoredRevision revision) {
    return of(id, revision, List.of());
  }

  /**
   * One revision, with the versions that lived beside it.
   *
   * @throws NoResourceException when it is no resource of that type
   */
  public static ResourceText of(ResourceId id, StoredRevision revision, List<RevId> others) {
    return of(id, revision.rev(), others, revision.body(), revision.attachments());
  }

  private static ResourceText of(
      ResourceId id, RevId rev, List<RevId> others, Body body, List<AttachmentRef> attachments) {
    Members members = members(id, body);
    Optional<String> type = members.text("resourceType");
    if (!type.equals(Optional.of(id.type()))) {
      throw new NoResourceException(
          "The document " + id + " is no " + id.type() + ": its resourceType is " + shown(type));
    }
    Optional<String> own = members.text("id");
    if (members.find("id").isPresent() && !own.equals(Optional.of(id.id()))) {
      throw new NoResourceException(
          "The document " + id + " says that its id is " + shown(own) + ": mend the document");
    }
    Optional<Member> meta = members.find("meta");
    if (meta.isPresent() && body.json()[meta.get().valueStart()] != '{') {
      throw new NoResourceException(
          "The document " + id + " is no resource: its meta is no object; mend the document");
    }
    return new ResourceText(id, rev, others, members, attachments);
  }

  private static Members members(ResourceId id, Body body) {
    try {
      return Members.of(body.json());
    } catch (BadDocumentException e) {
      throw new NoResourceException("The document " + id + " cannot be read: " + e.getMessage());
    }
  }

  private static String shown(Optional<String> found) {
    return found.map(text -> '"' + text + '"').orElse("missing or no text");
  }

  public ResourceId id() {
    return id;
  }

  public RevId rev() {
    return rev;
  }

  /** Whether other versions live beside it. */
  public boolean isConflicted() {
    return !others.isEmpty();
  }

  /** The patient whom it is about, as a reference, if it says so at its top. */
  public Optional<String> patient() {
    return Subjects.of(members);
  }

  /** The entity tag. */
  public String tag() {
    return tag(rev);
  }

  /** The entity tag of a version. */
  public static String tag(RevId rev) {
    return "W/\"" + rev + '"';
  }

  /** When this version was written, if its author's server said so. */
  public Optional<Instant> lastUpdated() {
    return members
        .value("meta")
        .flatMap(meta -> Members.of(meta).text("lastUpdated"))
        .flatMap(ResourceText::instant);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The document's attachments that are data of this resource, kept beside it. */
  public List<AttachmentRef> attached() {
    return attached;
  }

  /** The JSON as one of many: in the places of data that are beside it, where they are read. */
  public byte[] json(String base) {
    return linked(base + '/' + id);
  }

  /** As {@link #json(String)}, for this version and no later one. */
  public byte[] versionJson(String base) {
    return linked(base + '/' + id + "/_history/" + rev);
  }

  private byte[] linked(String resource) {
    if (attached.isEmpty()) {
      return json();
    }
    Set<String> names = names();
    return AttachedText.replace(
        json(),
        (object, data) ->
            names.contains(data.name())
                ? Optional.of(data.linked(object, resource))
                : Optional.empty());
  }

  private Set<String> names() {
    return attached.stream().map(AttachmentRef::name).collect(Collectors.toSet());
  }

  /** The JSON with short texts in the places of data that are beside it. */
  public Tokens tokens() {
    return Tokens.of(json(), names());
  }

  /** The JSON as it is kept, with the version. */
  public byte[] json() {
    Splice splice = new Splice(members.json(), members.start());
    byte[] meta = Meta.shown(members.value("meta"), rev, others);
    String missing = members.find("id").isPresent() ? "" : ",\"id\":\"" + id.id() + '"';
    if (members.find("meta").isEmpty()) {
      missing += ",\"meta\":" + new String(meta, StandardCharsets.UTF_8);
    }
    for (Member member : members.list()) {
      String name = member.name();
      switch (name) {
        case "resourceType" -> splice.replace(member.valueEnd(), member.valueEnd(), missing);
        case "meta" -> splice.replace(member.valueStart(), member.valueEnd(), meta);
        default -> {
          if (name.endsWith("_") && name.length() > 1) {
            String shown = "\"_" + name.substring(0, name.length() - 1) + "\":";
            splice.replace(member.nameStart(), member.valueStart(), shown);
          }
        }
      }
    }
    return splice.finish(members.end());
  }
}
