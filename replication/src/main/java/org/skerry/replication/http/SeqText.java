package org.skerry.replication.http;

import org.skerry.replication.peer.ChangesQuery;
import tools.jackson.databind.JsonNode;

/**
 * Positions as texts: numbers in old CouchDBs, texts in new ones, arrays in some of its relatives.
 */
final class SeqText {
  private SeqText() {}

  static String of(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return ChangesQuery.START;
    }
    return node.isString() ? node.asString() : node.toString();
  }
}
