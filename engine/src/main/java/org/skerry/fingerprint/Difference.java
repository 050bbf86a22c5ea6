package org.skerry.fingerprint;

import java.util.List;

/**
 * A document that is not the same on both sides.
 *
 * @param here its leaves on this side; none where it is not there, or deleted
 * @param there its leaves on the other side
 */
public record Difference(String id, List<String> here, List<String> there) {
  public Difference {
    here = List.copyOf(here);
    there = List.copyOf(there);
  }
}
