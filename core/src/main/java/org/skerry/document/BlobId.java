package org.skerry.document;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The address of an attachment's stored bytes: their SHA-256. Equal bytes are kept once a database.
 */
public final class BlobId {
  /** Length of the address in bytes. */
  public static final int BYTES = 32;

  private final byte[] sha256;

  private BlobId(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** The address of those 32 bytes; copied. */
  public static BlobId of(byte[] sha256) {
    if (sha256.length != BYTES) {
      throw new IllegalArgumentException("SHA-256 has 32 bytes, found " + sha256.length);
    }
    return new BlobId(sha256.clone());
  }

  /** The 32 bytes. Shared: do not change. */
  public byte[] bytes() {
    return sha256;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof BlobId other && Arrays.equals(sha256, other.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(sha256);
  }
}
