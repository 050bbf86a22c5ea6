package org.skerry.fingerprint;

import java.util.List;

/**
 * A document as one side has it.
 *
 * @param leaves the revisions, those of tombstones followed by {@code " deleted"}; sorted
 */
public record Entry(String id, List<String> leaves) {
  public Entry {
    leaves = List.copyOf(leaves);
  }
}
