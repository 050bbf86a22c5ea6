package org.skerry.replication;

import java.time.Instant;

/** Who of a node's replications may move in a simulation. Replications are known by their ids. */
public interface SimulatedTurns {
  /** All of them, at any time. */
  SimulatedTurns ALWAYS =
      new SimulatedTurns() {
        @Override
        public void add(ReplicationId id, ReplicationSpec spec, Instant now) {}

        @Override
        public Place place(ReplicationId id, Instant now) {
          return Place.HELD;
        }

        @Override
        public void ended(ReplicationId id, Replication.State state, boolean line, Instant now) {}

        @Override
        public boolean isScheduled() {
          return false;
        }
      };

  /** A replication is wanted, for the first time or because the node was started anew. */
  void add(ReplicationId id, ReplicationSpec spec, Instant now);

  /** What a replication has. */
  enum Place {
    NONE,
    HELD,
    /** It is told to end, and has its place until it has. */
    LOST
  }

  /** Whether it has a place now. */
  Place place(ReplicationId id, Instant now);

  /**
   * A replication that had a place has ended.
   *
   * @param line whether because its line was lost
   */
  void ended(ReplicationId id, Replication.State state, boolean line, Instant now);

  /** Whether replications leave it to this when to try again. */
  boolean isScheduled();
}
