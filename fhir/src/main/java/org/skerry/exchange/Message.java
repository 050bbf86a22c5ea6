package org.skerry.exchange;

import java.time.Instant;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.exchange.Letter.Direction;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.wire.JsonOut;

/**
 * One step of an exchange, as the audit keeps it; the members are those of OpenMRS Sync 2.0's audit
 * messages.
 *
 * @param uuid its name; later ones sort behind earlier ones
 * @param action {@code CREATED}, {@code UPDATED}, {@code DELETED}
 * @param url at the partner
 * @param details what happened, for people; an error's text
 * @param conflict the document in which this step left a conflict
 */
record Message(
    String uuid,
    boolean success,
    Instant timestamp,
    Partner partner,
    Direction operation,
    String category,
    ResourceId resource,
    String action,
    String url,
    String details,
    Optional<String> conflict) {

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
              out.writeStringProperty("resourceName", category);
              out.writeStringProperty("resource", resource.toString());
              out.writeStringProperty("usedResourceUrl", url);
              out.writeStringProperty("availableResourceUrls", "{\"fhir\":\"" + url + "\"}");
              out.writeStringProperty("parentUrl", partner.base().toString());
              out.writeStringProperty("localUrl", partner.database() + "/" + resource);
              out.writeStringProperty("action", action);
              out.writeStringProperty("operation", operation.name());
              out.writeStringProperty("linkType", "fhir");
              out.writeStringProperty("details", details);
              out.writeNullProperty("nextMessageUuid");
              out.writeStringProperty("creatorInstanceId", partner.instance());
              out.writeName("mergeConflictUuid");
              conflict.ifPresentOrElse(out::writeString, out::writeNull);
              out.writeEndObject();
            }));
  }
}
