package org.skerry.exchange.client;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Takes what a partner's feed tells, in parts. */
@FunctionalInterface
public interface NoticeSink {
  /**
   * Takes care of a part, wholly, before it returns.
   *
   * @param mark where to go on reading behind it
   */
  void take(List<Notice> notices, ObjectNode mark);
}
