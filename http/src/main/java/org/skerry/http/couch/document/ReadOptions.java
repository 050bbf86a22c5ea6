package org.skerry.http.couch.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Excerpt;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a reader wants to see of a document.
 *
 * @param revs {@code _revisions}
 * @param revsInfo {@code _revs_info}
 * @param conflicts {@code _conflicts}
 * @param deletedConflicts {@code _deleted_conflicts}
 * @param localSeq {@code _local_seq}
 * @param latest the leaves that descend from the revisions asked for
 * @param attachments the attachments' bytes
 * @param encodingInfo how attachments are stored
 * @param attsSince only bytes that came after these revisions; implies {@code attachments}
 */
record ReadOptions(
    boolean revs,
    boolean revsInfo,
    boolean conflicts,
    boolean deletedConflicts,
    boolean localSeq,
    boolean latest,
    boolean attachments,
    boolean encodingInfo,
    List<RevId> attsSince) {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** Reads the query; {@code meta} is short for three of the options. */
  static ReadOptions of(Query query) {
    boolean meta = query.flag("meta");
    List<RevId> since = query.text("atts_since").map(ReadOptions::revs).orElse(List.of());
    return new ReadOptions(
        query.flag("revs"),
        meta || query.flag("revs_info"),
        meta || query.flag("conflicts"),
        meta || query.flag("deleted_conflicts"),
        query.flag("local_seq"),
        query.flag("latest"),
        query.flag("attachments") || !since.isEmpty(),
        query.flag("att_encoding_info"),
        since);
  }

  /**
   * Whether the document shows something that no revision id stands for, so that it has no ETag.
   */
  boolean showsMore() {
    return revsInfo || conflicts || deletedConflicts || localSeq;
  }

  /** Whether the document shows anything but its content. */
  boolean showsExtras() {
    return showsMore() || revs || encodingInfo;
  }

  /** Whether the branch of the revision is needed. */
  boolean needsPath() {
    return revs || revsInfo || !attsSince.isEmpty();
  }

  /** The same with the attachments' bytes. */
  ReadOptions withAttachments() {
    return new ReadOptions(
        revs,
        revsInfo,
        conflicts,
        deletedConflicts,
        localSeq,
        latest,
        true,
        encodingInfo,
        attsSince);
  }

  /** The same with other revisions in {@link #attsSince}. */
  ReadOptions since(List<RevId> revs) {
    return new ReadOptions(
        this.revs,
        revsInfo,
        conflicts,
        deletedConflicts,
        localSeq,
        latest,
        attachments || !revs.isEmpty(),
        encodingInfo,
        revs);
  }

  /**
   * Reads a JSON list of revisions.
   *
   * @throws HttpProblem 400 when it is anything else
   */
  static List<RevId> revs(String json) {
    try {
      return revs(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw notRevs(json);
    }
  }

  static List<RevId> revs(JsonNode list) {
    if (!list.isArray()) {
      throw notRevs(list.toString());
    }
    List<RevId> revs = new ArrayList<>();
    for (JsonNode text : list) {
      if (!text.isString()) {
        throw notRevs(list.toString());
      }
      revs.add(RevId.parse(text.asString()));
    }
    return List.copyOf(revs);
  }

  private static HttpProblem notRevs(String found) {
    return HttpProblem.badRequest(
        "bad_request", "expected a JSON list of revisions, found " + Excerpt.of(found, 80));
  }

  /** The revision that the query names. */
  static Optional<RevId> rev(Query query) {
    return query.text("rev").map(RevId::parse);
  }
}
