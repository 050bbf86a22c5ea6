package org.skerry.replication.schedule;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.JsonOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes into documents what became of what they asked for. As in CouchDB only states that nothing
 * follows are written, so that a document does not change as long as its replication lives.
 */
final class StateWriter {
  static final String STATE = "_replication_state";
  static final String TIME = "_replication_state_time";
  static final String REASON = "_replication_state_reason";
  static final String STATS = "_replication_stats";

  private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);

  /** Somebody else edits the same document at the same moment, again and again. */
  private static final int ATTEMPTS = 20;

  private final Databases databases;
  private final InstantSource clock;

  StateWriter(Databases databases, InstantSource clock) {
    this.databases = databases;
    this.clock = clock;
  }

  /**
   * All there was to do was done.
   *
   * @param stillAsked whether the document, as it is now, asks for what was done
   */
  void completed(DocumentKey key, Predicate<ObjectNode> stillAsked, JobStatus job) {
    String stats =
        new String(
            JsonOut.bytes(
                out -> {
                  out.writeStartObject();
                  job.run().ifPresent(run -> ScheduleJson.progress(out, run));
                  out.writeStringProperty("start_time", ScheduleJson.time(job.startTime()));
                  out.writeEndObject();
                }),
            StandardCharsets.UTF_8);
    write(
        key,
        stillAsked,
        json -> {
          json.set(STATS, ReplicatorDocument.tree(stats.getBytes(StandardCharsets.UTF_8)));
          json.remove(REASON);
          return state(json, "completed");
        });
  }

  /** It cannot be done before somebody changes the document. */
  void failed(DocumentKey key, Predicate<ObjectNode> stillAsked, String reason) {
    LOG.error(
        "Error processing replication doc `{}` from `{}`: {}",
        key.document(),
        key.database(),
        reason);
    write(
        key,
        stillAsked,
        json -> {
          json.remove(STATS);
          json.put(REASON, reason);
          return state(json, "failed");
        });
  }

  /** Somebody wants it to rest, unless nothing was going on. */
  boolean stopped(DocumentKey key, String reason) {
    return write(
        key,
        json -> !ReplicatorDocument.isFinal(json),
        json -> {
          json.remove(STATS);
          json.put(REASON, reason);
          return state(json, "failed");
        });
  }

  /** It is to be done again. */
  boolean again(DocumentKey key) {
    return write(
        key,
        json -> true,
        json -> {
          json.remove(List.of(STATE, TIME, REASON, STATS, "_replication_id"));
          return json;
        });
  }

  private ObjectNode state(ObjectNode json, String state) {
    json.put(STATE, state);
    json.put(TIME, ScheduleJson.time(clock.instant()));
    return json;
  }

  private boolean write(
      DocumentKey key, Predicate<ObjectNode> stillAsked, UnaryOperator<ObjectNode> change) {
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<Boolean> done = attempt(key, stillAsked, change);
        if (done.isPresent()) {
          return done.get();
        }
      }
      LOG.warn("no state could be written into {}: others edit it all the time", key);
    } catch (StoreException e) {
      LOG.warn("no state could be written into {}: {}", key, e.getMessage());
    }
    return false;
  }

  /** Returns whether there was something to write; nothing when somebody else was faster. */
  private Optional<Boolean> attempt(
      DocumentKey key, Predicate<ObjectNode> stillAsked, UnaryOperator<ObjectNode> change) {
    Optional<Database> database = databases.find(key.database());
    DocId id = DocId.of(key.document());
    Optional<StoredDocument> found = database.flatMap(there -> load(there, id));
    if (found.isEmpty() || found.get().deleted()) {
      return Optional.of(false);
    }
    StoredRevision winner = found.get().revisions().getFirst();
    ObjectNode json = ReplicatorDocument.tree(winner.body().json());
    if (!stillAsked.test(json)) {
      return Optional.of(false);
    }
    byte[] body = change.apply(json).toString().getBytes(StandardCharsets.UTF_8);
    List<AttachmentInput> attachments =
        winner.attachments().stream()
            .map(
                ref ->
                    (AttachmentInput)
                        new AttachmentInput.Stub(
                            ref.name(), Optional.of(ref.revpos()), Optional.of(ref.digest())))
            .toList();
    WriteResult result =
        database
            .orElseThrow()
            .update(
                new NewRevision(
                    id, Optional.of(winner.rev()), false, Body.ofTrusted(body), attachments));
    return result instanceof WriteResult.Conflict ? Optional.empty() : Optional.of(true);
  }

  private static Optional<StoredDocument> load(Database database, DocId id) {
    StoredDocument[] found = new StoredDocument[1];
    database
        .store()
        .load(
            List.of(id),
            Fields.WINNER,
            document -> {
              found[0] = document;
              return true;
            });
    return Optional.ofNullable(found[0]);
  }
}
