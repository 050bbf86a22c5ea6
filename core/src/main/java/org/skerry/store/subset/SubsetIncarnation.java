package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the lives of subsets. */
final class SubsetIncarnation {
  private SubsetIncarnation() {}

  /** Begins as the database's, so that what is kept of it goes with the database. */
  static String of(String database, String subset) {
    try {
      byte[] name = (database + "/" + subset).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return database.substring(0, SubsetDocuments.SHARED_DIGITS)
          + HexFormat.of()
              .formatHex(hash, 0, (database.length() - SubsetDocuments.SHARED_DIGITS) / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
