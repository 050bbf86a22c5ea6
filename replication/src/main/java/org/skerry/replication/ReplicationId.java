package org.skerry.replication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Selection;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * The name of a replication: the same for the same ends and the same selection, so that it goes on
 * at its checkpoint. As in CouchDB it is made of the node, both ends and the selection; not of the
 * options that only say how (live or not, create the target). Another implementation makes other
 * names and so begins anew. Where it begins ({@code since_seq}) belongs to it, as in CouchDB since
 * 2026: its checkpoint says nothing of what stands before.
 *
 * @param base 32 hex digits; the checkpoints are {@code _local/base}, but see {@link #checkpoint}
 * @param extension the options, as CouchDB appends them to name what runs
 */
public record ReplicationId(String base, String extension) {
  private static final String WINNERS_ONLY = "winning_revs_only";
  private static final String SINCE_SEQ = "since_seq";

  /** The name of a replication that this node does. */
  static ReplicationId of(String node, Peer source, Peer target, ReplicationSpec spec) {
    byte[] words =
        JsonOut.bytes(
            out -> {
              out.writeStartArray();
              out.writeString(node);
              out.writeString(source.identity());
              out.writeString(target.identity());
              writeSelection(out, spec.selection());
              if (spec.winnersOnly()) {
                out.writeString(WINNERS_ONLY);
              }
              spec.sinceSeq()
                  .ifPresent(
                      seq -> {
                        out.writeString(SINCE_SEQ);
                        out.writeString(seq);
                      });
              out.writeEndArray();
            });
    String extension =
        (spec.live() ? "+continuous" : "") + (spec.createTarget() ? "+create_target" : "");
    return new ReplicationId(md5(words), extension);
  }

  /**
   * The name of the checkpoints. A filter function belongs to it, as in CouchDB: with another one
   * of the same name the replication begins anew. It is not part of {@code base}, since that is
   * needed when the source cannot be asked.
   *
   * @param filter the function's source, if there is one
   */
  String checkpoint(Optional<String> filter) {
    return filter.map(source -> md5((base + source).getBytes(StandardCharsets.UTF_8))).orElse(base);
  }

  /** What names the replication in an id that somebody wrote, with its options or without. */
  public static String base(String id) {
    int plus = id.indexOf('+');
    return plus < 0 ? id : id.substring(0, plus);
  }

  /**
   * The selection's words stand in front of those for the options. One that has such a word among
   * its own, as a document's id or a parameter's name, stands in brackets, since it could be taken
   * for another selection with that option; all others have the names that they always had.
   */
  private static void writeSelection(JsonGenerator out, Selection selection) {
    List<String> words = words(selection);
    boolean ambiguous = words.contains(WINNERS_ONLY) || words.contains(SINCE_SEQ);
    if (ambiguous) {
      out.writeStartArray();
    }
    words.forEach(out::writeString);
    if (ambiguous) {
      out.writeEndArray();
    }
  }

  private static List<String> words(Selection selection) {
    List<String> words = new ArrayList<>();
    switch (selection) {
      case Selection.Everything everything -> {}
      case Selection.DocIds(var ids) -> {
        words.add("doc_ids");
        words.addAll(ids);
      }
      case Selection.BySelector(var selector) -> {
        words.add("selector");
        words.add(selector.toString());
      }
      case Selection.ByFilter(var name, var parameters) -> {
        words.add("filter");
        words.add(name);
        new TreeMap<>(parameters)
            .forEach(
                (key, value) -> {
                  words.add(key);
                  words.add(value);
                });
      }
    }
    return words;
  }

  private static String md5(byte[] words) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(words);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** Base and extension, as {@code _active_tasks} shows them. */
  @Override
  public String toString() {
    return base + extension;
  }
}
