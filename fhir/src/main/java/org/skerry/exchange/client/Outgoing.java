package org.skerry.exchange.client;

import java.util.Optional;
import org.skerry.store.StoredRevision;

/**
 * A record on its way to the partner.
 *
 * @param revision what it says now
 * @param known the partner's version on which that stands; nothing for a record that is new there,
 *     empty when its name is unknown
 * @param base what the record said in that version, where it is still here
 */
public record Outgoing(
    RecordId id, StoredRevision revision, Optional<String> known, Optional<StoredRevision> base) {

  /** What happens to the record there, in OpenMRS's words. */
  public String action() {
    return known.isPresent() ? "UPDATED" : "CREATED";
  }
}
