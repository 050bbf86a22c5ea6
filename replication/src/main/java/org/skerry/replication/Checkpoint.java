package org.skerry.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.json.JsonIn;
import org.skerry.replication.peer.ChangesQuery;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What both ends of a replication keep of it, in the form of CouchDB's {@code _local/{replication
 * id}}: so another implementation may go on where this one stopped.
 *
 * @param sessionId the last session that wrote it
 * @param sourceLastSeq up to which everything is at the target, in the source's words
 * @param history the sessions, newest first
 */
public record Checkpoint(String sessionId, String sourceLastSeq, List<SessionRecord> history) {
  /** The version of the form, as CouchDB counts. */
  public static final int VERSION = 4;

  private static final JsonMapper MAPPER = JsonIn.mapper();

  public Checkpoint {
    history = List.copyOf(history);
  }

  /**
   * Reads a checkpoint.
   *
   * @return nothing when it is none: then the replication begins anew, which is always right
   */
  public static Optional<Checkpoint> parse(byte[] json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    String session = root.path("session_id").asString("");
    JsonNode last = root.path("source_last_seq");
    if (session.isEmpty() || last.isMissingNode() || last.isNull()) {
      return Optional.empty();
    }
    List<SessionRecord> history = new ArrayList<>();
    for (JsonNode entry : root.path("history")) {
      history.add(record(entry));
    }
    return Optional.of(new Checkpoint(session, seq(last), history));
  }

  private static SessionRecord record(JsonNode entry) {
    return new SessionRecord(
        entry.path("session_id").asString(""),
        entry.path("start_time").asString(""),
        entry.path("end_time").asString(""),
        seq(entry.path("start_last_seq")),
        seq(entry.path("end_last_seq")),
        seq(entry.path("recorded_seq")),
        new Counts(
            entry.path("missing_checked").asLong(0),
            entry.path("missing_found").asLong(0),
            entry.path("docs_read").asLong(0),
            entry.path("docs_written").asLong(0),
            entry.path("doc_write_failures").asLong(0),
            entry.path("bulk_get_attempts").asLong(0),
            entry.path("bulk_get_docs").asLong(0)));
  }

  /** Positions are opaque: numbers in CouchDB 1, texts since, arrays in some of its relatives. */
  private static String seq(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return ChangesQuery.START;
    }
    return node.isString() ? node.asString() : node.toString();
  }

  /** The checkpoint's JSON, without members that begin with an underscore. */
  public byte[] json() {
    return CheckpointJson.bytes(this);
  }

  /**
   * Where two ends may go on: the position of the newest session that both remember; the start when
   * there is none.
   *
   * <p>1. Both name the same last session: it may have written to one end only, then the earlier
   * position counts. 2. Otherwise the newest session in both histories counts. 3. A target that was
   * created anew has no checkpoint, and a source that was has positions that it recognises as
   * foreign: both begin at the start.
   */
  public static String commonStart(Optional<Checkpoint> source, Optional<Checkpoint> target) {
    if (source.isEmpty() || target.isEmpty()) {
      return ChangesQuery.START;
    }
    if (source.get().sessionId.equals(target.get().sessionId)) {
      return earlier(source.get().sourceLastSeq, target.get().sourceLastSeq);
    }
    Map<String, String> recorded = new HashMap<>();
    target.get().history.forEach(one -> recorded.putIfAbsent(one.sessionId(), one.recordedSeq()));
    for (SessionRecord one : source.get().history) {
      String other = recorded.get(one.sessionId());
      if (other != null) {
        return earlier(one.recordedSeq(), other);
      }
    }
    return ChangesQuery.START;
  }

  /**
   * Positions cannot be compared but by the number in front; where that says nothing, neither
   * counts.
   */
  private static String earlier(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    Optional<Long> first = number(one);
    Optional<Long> second = number(other);
    if (first.isEmpty() || second.isEmpty() || first.equals(second)) {
      return ChangesQuery.START;
    }
    return first.get() < second.get() ? one : other;
  }

  private static Optional<Long> number(String seq) {
    int digits = 0;
    while (digits < seq.length() && digits < 18 && Character.digit(seq.charAt(digits), 10) >= 0) {
      digits++;
    }
    return digits == 0 ? Optional.empty() : Optional.of(Long.parseLong(seq, 0, digits, 10));
  }
}
