package org.skerry.multipart;

/**
 * How much of a multipart may be something else than its parts' bodies, which have no limit here.
 *
 * @param headerBytes of one part's headers together
 * @param outsideBytes before the first part, and again after the last
 */
public record MultipartLimits(int headerBytes, int outsideBytes) {
  /** Room for a name of 8 KB, escaped, and for any honest preamble; CouchDB writes none. */
  public static final MultipartLimits DEFAULT = new MultipartLimits(32 * 1024, 64 * 1024);

  public MultipartLimits {
    if (headerBytes < 1 || outsideBytes < 0) {
      throw new IllegalArgumentException(
          "limits are positive: " + headerBytes + ", " + outsideBytes);
    }
  }
}
