package org.skerry.document;

/**
 * How large input may be.
 *
 * @param maxBodyBytes the largest body, underscore members not counted
 * @param maxDepth how deep arrays and objects may be nested
 */
public record DocumentLimits(int maxBodyBytes, int maxDepth) {
  /** CouchDB's default size (8,000,000 bytes), and a depth that no honest document reaches. */
  public static final DocumentLimits DEFAULT = new DocumentLimits(8_000_000, 500);

  public DocumentLimits {
    if (maxBodyBytes < 2 || maxDepth < 1) {
      throw new IllegalArgumentException("limits are positive: " + maxBodyBytes + ", " + maxDepth);
    }
  }
}
