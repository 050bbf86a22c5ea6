package org.skerry.exchange.client;

import java.util.Optional;
import org.skerry.fhir.resource.StampedBody;

/**
 * A version of a record at the partner.
 *
 * @param name the partner's for it, or one made of what it says; empty when it is unknown
 * @param body as a document keeps it; nothing when the record is gone
 */
public record Version(String name, Optional<StampedBody> body) {
  /** The record is gone. */
  public static Version gone(String name) {
    return new Version(name, Optional.empty());
  }
}
