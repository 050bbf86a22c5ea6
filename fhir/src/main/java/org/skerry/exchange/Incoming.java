package org.skerry.exchange;

import java.util.Optional;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.StampedBody;

/**
 * A version of a record at the partner, as it is now.
 *
 * @param version its name there; empty when the partner did not say
 * @param body nothing when it is deleted
 */
record Incoming(String category, ResourceId id, String version, Optional<StampedBody> body) {
  boolean deleted() {
    return body.isEmpty();
  }
}
