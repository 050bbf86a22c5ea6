package org.skerry.server.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a database holds, asked of it anew.
 *
 * @param documents the living ones
 * @param attachments of their winning revisions
 * @param conflicted ids of documents with more than one living leaf
 * @param fingerprint SHA-256 over all leaves of all documents and the digests of their attachments,
 *     in the order of ids; equal for equal content, whatever the order of arrival
 */
record Census(int documents, int attachments, List<String> conflicted, String fingerprint) {
  Census {
    conflicted = List.copyOf(conflicted);
  }

  static Census of(CouchClient client, String database) {
    TreeSet<String> lines = new TreeSet<>();
    client.rows(
        "/" + database + "/_changes?style=all_docs", "results", row -> lines.add(leaves(row)));
    List<String> conflicted = new ArrayList<>();
    int[] counts = new int[2]; // documents, attachments
    client.rows(
        "/" + database + "/_all_docs?include_docs=true&conflicts=true",
        "rows",
        row -> {
          counts[0]++;
          JsonNode doc = row.path("doc");
          if (!doc.path("_conflicts").isEmpty()) {
            conflicted.add(row.path("id").asString(""));
          }
          for (Map.Entry<String, JsonNode> one : doc.path("_attachments").properties()) {
            counts[1]++;
            String digest = one.getValue().path("digest").asString("");
            lines.add(row.path("id").asString("") + " " + one.getKey() + " " + digest);
          }
        });
    return new Census(counts[0], counts[1], conflicted, sha256(lines));
  }

  private static String leaves(JsonNode row) {
    TreeSet<String> revs = new TreeSet<>();
    row.path("changes").forEach(change -> revs.add(change.path("rev").asString("")));
    return row.path("id").asString("") + " " + String.join(",", revs);
  }

  private static String sha256(TreeSet<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
