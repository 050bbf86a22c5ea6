package org.skerry.http.couch;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names for documents that came without one: 32 hex digits, as CouchDB's algorithm "sequential": 26
 * random ones, and six that grow, so that documents made one after the other stand beside each
 * other in the store. Any thread may call.
 */
final class UuidSequence {
  private static final int PREFIX_BYTES = 13;

  /** Beyond it the next step might not fit into six digits. */
  private static final int LAST = 0xfff000;

  private static final int LARGEST_STEP = 0xffe;

  private final SecureRandom random = new SecureRandom();
  private String prefix = "";
  private int counter = LAST + 1;

  synchronized String next() {
    if (counter > LAST) {
      byte[] bytes = new byte[PREFIX_BYTES];
      random.nextBytes(bytes);
      prefix = HexFormat.of().formatHex(bytes);
      counter = 0;
    }
    counter += ThreadLocalRandom.current().nextInt(1, LARGEST_STEP + 1);
    return prefix + HexFormat.of().toHexDigits(counter, 6);
  }
}
