package org.skerry.exchange.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells what changed at a partner that has no feeds. */
@FunctionalInterface
public interface ChangeList {
  /**
   * Tells of each change behind the mark at least once.
   *
   * @param mark what the sink was given last, and kept; nothing for the first time
   * @throws PartnerDownException when it could not be read to its end
   */
  void read(String category, String type, Optional<JsonNode> mark, NoticeSink sink);
}
