package org.skerry.replication.peer;

import java.util.Map;
import java.util.Optional;

/**
 * How a database elsewhere is spoken to.
 *
 * @param proxy through which requests go
 * @param bulkGet whether many documents may be asked for at once ({@code use_bulk_get})
 * @param creation what is said when the database is created ({@code create_target_params})
 */
public record Manner(Optional<Proxy> proxy, boolean bulkGet, Map<String, String> creation) {
  /** As most peers are. */
  public static final Manner USUAL = new Manner(Optional.empty(), true, Map.of());

  public Manner {
    creation = Map.copyOf(creation);
  }
}
