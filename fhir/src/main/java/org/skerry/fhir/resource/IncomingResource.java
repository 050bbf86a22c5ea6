package org.skerry.fhir.resource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.fhir.resource.Members.Member;

/** A resource on its way in, as JSON. */
public final class IncomingResource {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String LAST_UPDATED = "\"lastUpdated\":\"";

  private final Members members;
  private final String type;

  private IncomingResource(Members members, String type) {
    this.members = members;
    this.type = type;
  }

  /**
   * Reads the members of a resource; whether they are what its type has is not asked here.
   *
   * @throws BadDocumentException when the bytes are no JSON object with a {@code resourceType}
   */
  public static IncomingResource read(byte[] json) {
    Members members = Members.of(json);
    String type =
        members
            .text("resourceType")
            .orElseThrow(
                () ->
                    new BadDocumentException(
                        Kind.NOT_AN_OBJECT, "the resource has no resourceType"));
    return new IncomingResource(members, type);
  }

  /** A time as resources have it. */
  public static String stamp(Instant time) {
    return STAMP.format(time);
  }

  public String type() {
    return type;
  }

  /** The id that the resource gives itself. */
  public Optional<String> id() {
    return members.text("id");
  }

  /** The version on which its author worked, if it says so. */
  public Optional<String> versionId() {
    return meta("versionId");
  }

  /** When its author's version was written, if it says so. */
  public Optional<String> lastUpdated() {
    return meta("lastUpdated");
  }

  private Optional<String> meta(String name) {
    return members
        .value("meta")
        .filter(meta -> meta[0] == '{')
        .flatMap(meta -> Members.of(meta).text(name));
  }

  /** The bytes as they came. Shared: do not change. */
  public byte[] json() {
    return members.json();
  }

  /**
   * The document's body for this resource.
   *
   * @param now is kept in {@code meta.lastUpdated}: shown, never used to decide anything
   * @throws BadDocumentException when it is malformed or larger than the limits
   */
  public StampedBody body(ResourceId id, Instant now, DocumentLimits limits) {
    String stamp = stamp(now);
    byte[] meta = Meta.stored(members.value("meta"), stamp);
    Splice splice = new Splice(members.json(), members.start());
    int stampAt = splice(splice, id.id(), meta);
    byte[] stored = splice.finish(members.json().length);
    return new StampedBody(DocumentReader.read(stored, limits).body(), stampAt, stamp.length());
  }

  /** Returns where the time of writing will stand. */
  private int splice(Splice splice, String id, byte[] meta) {
    int stampAt = 0;
    String missing = members.find("id").isPresent() ? "" : ",\"id\":\"" + id + '"';
    if (members.find("meta").isEmpty()) {
      missing += ",\"meta\":" + new String(meta, StandardCharsets.UTF_8);
    }
    for (Member member : members.list()) {
      String name = member.name();
      switch (name) {
        case "resourceType" -> {
          if (missing.contains(LAST_UPDATED)) {
            int before = missing.indexOf(LAST_UPDATED) + LAST_UPDATED.length();
            stampAt = splice.lengthAt(member.valueEnd()) + before;
          }
          splice.replace(member.valueEnd(), member.valueEnd(), missing);
        }
        case "id" -> splice.replace(member.valueStart(), member.valueEnd(), '"' + id + '"');
        case "meta" -> {
          stampAt = splice.lengthAt(member.valueStart()) + 1 + LAST_UPDATED.length();
          splice.replace(member.valueStart(), member.valueEnd(), meta);
        }
        default -> {
          if (name.startsWith("_")) {
            String kept = '"' + name.substring(1) + "_\":";
            splice.replace(member.nameStart(), member.valueStart(), kept);
          }
        }
      }
    }
    return stampAt;
  }
}
