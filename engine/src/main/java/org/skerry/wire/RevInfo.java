package org.skerry.wire;

import java.util.Locale;
import org.skerry.revision.RevId;

/** One line of {@code _revs_info}. */
public record RevInfo(RevId rev, Status status) {
  /** What a reader who asks for the revision would get. */
  public enum Status {
    /** Its body. */
    AVAILABLE,
    /** Nothing: it was compacted, or never came here. */
    MISSING,
    /** A tombstone. */
    DELETED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
