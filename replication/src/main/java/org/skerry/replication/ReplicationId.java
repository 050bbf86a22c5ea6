package org.skerry.replication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
                out.writeString("winning_revs_only");
              }
              spec.sinceSeq()
                  .ifPresent(
                      seq -> {
                        out.writeString("since_seq");
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

  private static void writeSelection(JsonGenerator out, Selection selection) {
    switch (selection) {
      case Selection.Everything everything -> {}
      case Selection.DocIds(var ids) -> {
        out.writeString("doc_ids");
        ids.forEach(out::writeString);
      }
      case Selection.BySelector(var selector) -> {
        out.writeString("selector");
        out.writeString(selector.toString());
      }
      case Selection.ByFilter(var name, var parameters) -> {
        out.writeString("filter");
        out.writeString(name);
        new TreeMap<>(parameters)
            .forEach(
                (key, value) -> {
                  out.writeString(key);
                  out.writeString(value);
                });
      }
    }
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
