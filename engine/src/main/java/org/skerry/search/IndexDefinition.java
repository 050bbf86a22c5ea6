package org.skerry.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skerry.script.Edition;

/**
 * What an index is made by. Two that are equal share an index, whatever they are called.
 *
 * @param language of the function
 * @param function the source of the index function
 * @param defaultAnalyzer makes tokens of the fields that no other is named for
 * @param fieldAnalyzers by field
 */
public record IndexDefinition(
    String language,
    String function,
    String defaultAnalyzer,
    SortedMap<String, String> fieldAnalyzers) {
  public IndexDefinition {
    fieldAnalyzers = new TreeMap<>(fieldAnalyzers);
  }

  /** An index in JavaScript. */
  public static IndexDefinition javascript(
      String function, String defaultAnalyzer, Map<String, String> fieldAnalyzers) {
    return new IndexDefinition(
        "javascript", function, defaultAnalyzer, new TreeMap<>(fieldAnalyzers));
  }

  /** The name of the index on disk: 64 hex digits of a hash over all of it. */
  public String signature() {
    MessageDigest digest = sha256();
    add(digest, language);
    add(digest, function);
    add(digest, defaultAnalyzer);
    fieldAnalyzers.forEach(
        (field, analyzer) -> {
          add(digest, field);
          add(digest, analyzer);
        });
    String edition = Edition.of(function);
    if (!edition.isEmpty()) {
      add(digest, edition);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With its length before it, so that no two definitions make the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
