package org.skerry.conflict;

import java.util.List;
import org.skerry.conflict.merge.Decision;
import org.skerry.revision.RevId;

/** What became of a person's wish about a conflict. */
public sealed interface SettleResult {
  /**
   * It is done.
   *
   * @param into the settlement's name
   * @param leaves the live leaves that were written
   */
  record Done(RevId into, List<RevId> leaves) implements SettleResult {
    public Done {
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * It would be done, had it not been asked only.
   *
   * @param into the revision that the settlement would make
   * @param leaves the live leaves, winner first
   * @param decisions what would become of each member in which they differ
   */
  record Planned(RevId into, List<RevId> leaves, List<Decision> decisions) implements SettleResult {
    public Planned {
      leaves = List.copyOf(leaves);
      decisions = List.copyOf(decisions);
    }
  }

  /** Other leaves live than those that the person saw. */
  record Moved(List<RevId> leaves) implements SettleResult {
    public Moved {
      leaves = List.copyOf(leaves);
    }
  }

  /** Not everything is decided. */
  record Open(List<String> places, String reason) implements SettleResult {
    public Open {
      places = List.copyOf(places);
    }
  }

  /** There is no such conflict, or no such settlement. */
  record Nothing(String reason) implements SettleResult {}

  /** What was asked for means nothing. */
  record Bad(String reason) implements SettleResult {}

  /** A rule about writing refuses. */
  record Refused(String error, String reason) implements SettleResult {}
}
