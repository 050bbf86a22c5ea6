package org.skerry.fingerprint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;

/** Hashes of documents. What they are made of is the same on every node, for ever. */
final class Hashes {
  /** Bytes of a sum: two different databases are taken for equal once in 2^128. */
  static final int BYTES = 16;

  private Hashes() {}

  /** Where a document stands: as many hex digits as {@link PlaceRange} has. */
  static String place(DocId id) {
    return HexFormat.of().formatHex(sha256(id.utf8()), 0, PlaceRange.DIGITS / 2);
  }

  /** What is summed up of a document. */
  static byte[] content(DocId id, List<Leaf> leaves) {
    StringBuilder text = new StringBuilder(id.text()).append('\n');
    leaves.stream()
        .map(leaf -> leaf.rev() + (leaf.deleted() ? " deleted\n" : "\n"))
        .sorted()
        .forEach(text::append);
    byte[] hash = sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(hash, BYTES);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
