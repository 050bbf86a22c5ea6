package org.skerry.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Noted;
import org.skerry.exchange.client.RecordId;
import org.skerry.revision.RevId;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * One step of an exchange, as the audit keeps it; the members are those of OpenMRS Sync 2.0's audit
 * messages.
 *
 * @param uuid its name; later ones sort behind earlier ones
 * @param subject of what kind the record is
 * @param action {@code CREATED}, {@code UPDATED}, {@code DELETED}
 * @param url at the partner
 * @param details what happened, for people; an error's text
 * @param conflict what this step left for people to settle
 * @param requests what was asked of the partner for it
 */
record Message(
    String uuid,
    boolean success,
    Instant timestamp,
    Partner partner,
    Direction operation,
    Subject subject,
    RecordId resource,
    String action,
    String url,
    String details,
    Optional<LeftConflict> conflict,
    List<Noted> requests) {

  /**
   * A conflict in a document here.
   *
   * @param leaves live ones, as they were then
   */
  record LeftConflict(DocId id, List<RevId> leaves) {
    LeftConflict {
      leaves = List.copyOf(leaves);
    }
  }

  /** Names the message of the next attempt; it is known only later ({@link Chain}). */
  static final String NEXT = "nextMessageUuid";

  /** The member with the conflict that {@code mergeConflictUuid} speaks of. */
  static final String CONFLICT = "conflict";

  /** What was asked of the partner; in a document of its own, since lists do not show it. */
  static final String REQUESTS = "requests";

  /** As it is kept, and shown. */
  Body encode() {
    return Body.ofTrusted(
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("uuid", uuid);
              out.writeBooleanProperty("success", success);
              out.writeStringProperty("timestamp", timestamp.toString());
              out.writeStringProperty("partner", partner.name());
              out.writeStringProperty("resourceName", subject.category());
              out.writeStringProperty("resource", resource.toString());
              out.writeStringProperty("usedResourceUrl", url);
              out.writeStringProperty(
                  "availableResourceUrls", "{\"" + subject.client() + "\":\"" + url + "\"}");
              out.writeStringProperty("parentUrl", partner.place().toString());
              out.writeStringProperty("localUrl", partner.database() + "/" + resource);
              out.writeStringProperty("action", action);
              out.writeStringProperty("operation", operation.name());
              out.writeStringProperty("linkType", subject.client());
              out.writeStringProperty("details", details);
              out.writeNullProperty(NEXT);
              out.writeStringProperty("creatorInstanceId", partner.instance());
              out.writeName("mergeConflictUuid");
              if (conflict.isEmpty()) {
                out.writeNull();
              } else {
                out.writeString(uuid);
                out.writeName(CONFLICT);
                write(out, conflict.get());
              }
              out.writeEndObject();
            }));
  }

  /** What was asked for it, as it is kept beside it; nothing when nothing was. */
  Optional<Body> encodeRequests() {
    return requests.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Body.ofTrusted(
                JsonOut.bytes(
                    out -> {
                      out.writeStartObject();
                      out.writeName(REQUESTS);
                      out.writeStartArray();
                      requests.forEach(noted -> write(out, noted));
                      out.writeEndArray();
                      out.writeEndObject();
                    })));
  }

  private static void write(JsonGenerator out, Noted noted) {
    out.writeStartObject();
    out.writeStringProperty("method", noted.method());
    out.writeStringProperty("url", noted.url());
    out.writeNumberProperty("status", noted.status());
    noted.request().ifPresent(text -> out.writeStringProperty("request", text));
    noted.answer().ifPresent(text -> out.writeStringProperty("answer", text));
    out.writeEndObject();
  }

  private void write(JsonGenerator out, LeftConflict left) {
    out.writeStartObject();
    out.writeStringProperty("database", partner.database());
    out.writeStringProperty("id", left.id().text());
    out.writeName("leaves");
    out.writeStartArray();
    left.leaves().forEach(leaf -> out.writeString(leaf.toString()));
    out.writeEndArray();
    out.writeEndObject();
  }
}
