package org.skerry.replication;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What a one-shot replication came to.
 *
 * @param sessionId the session that wrote the checkpoint
 * @param sourceLastSeq the source's position that was reached
 * @param history as the checkpoint has it, newest first
 * @param noChanges whether there was nothing new at the source
 */
public record ReplicationResult(
    String sessionId, String sourceLastSeq, List<SessionRecord> history, boolean noChanges) {
  public ReplicationResult {
    history = List.copyOf(history);
  }

  /** Writes what {@code POST /_replicate} answers. */
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeBooleanProperty("ok", true);
    if (noChanges) {
      out.writeBooleanProperty("no_changes", true);
    }
    CheckpointJson.writeMembers(out, sessionId, sourceLastSeq, history);
    out.writeEndObject();
  }
}
