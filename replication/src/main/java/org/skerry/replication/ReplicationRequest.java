package org.skerry.replication;

import tools.jackson.databind.JsonNode;

/** What {@code POST /_replicate} asks for. */
public sealed interface ReplicationRequest {
  /** Begin, or report one that runs already. */
  record Start(ReplicationSpec spec) implements ReplicationRequest {}

  /** End the one that was begun with the same words. */
  record CancelSame(ReplicationSpec spec) implements ReplicationRequest {}

  /** End the one with that id. */
  record CancelById(String id) implements ReplicationRequest {}

  /**
   * Reads the request.
   *
   * @throws InvalidReplicationException with all that is wrong
   */
  static ReplicationRequest parse(JsonNode json) {
    JsonNode order = json.path("cancel");
    if (!order.isMissingNode() && !order.isNull() && !order.isBoolean()) {
      // Taken for no, it would begin what somebody wants to end.
      throw new InvalidReplicationException("`cancel` must be true or false");
    }
    boolean cancel = order.asBoolean(false);
    for (String name : new String[] {"replication_id", "_local_id", "id"}) {
      if (cancel && json.path(name).isString()) {
        return new CancelById(json.path(name).asString());
      }
    }
    ReplicationSpec spec = ReplicationSpec.parse(json);
    return cancel ? new CancelSame(spec) : new Start(spec);
  }
}
