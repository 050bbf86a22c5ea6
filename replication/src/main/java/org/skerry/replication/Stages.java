package org.skerry.replication;

import java.util.Optional;
import org.skerry.replication.peer.Peer;

/**
 * The stages for one pair of ends, and what passes between them. Made before any of them runs, and
 * never changed; {@link Course} says which thread runs which.
 *
 * @param settling what is done about documents over which an end fails
 * @param onTheWay what was read and is not written yet
 * @param apart sends again what is set apart
 */
record Stages(
    RevFinder finder,
    Fetcher fetcher,
    Inserter inserter,
    Settling settling,
    OnTheWay onTheWay,
    ApartAgain apart) {
  /** For a source that gives everybody the same. */
  static Stages between(Peer source, Peer target, Progress progress) {
    return of(
        source,
        target,
        progress,
        new RevFinder(target, progress, Optional.empty()),
        new Settling(progress, true),
        new OnTheWay());
  }

  /**
   * For a source that knows the target as a site: what comes may remove something.
   *
   * @param target the target, as this site
   */
  static Stages toSite(Peer source, Peer target, Progress progress) {
    OnTheWay onTheWay = new OnTheWay();
    return of(
        source,
        target,
        progress,
        new RevFinder(target, progress, Optional.of(onTheWay)),
        new Settling(progress, false), // what was taken back must not come before what was
        onTheWay);
  }

  private static Stages of(
      Peer source,
      Peer target,
      Progress progress,
      RevFinder finder,
      Settling settling,
      OnTheWay onTheWay) {
    Inserter inserter = new Inserter(source, target, progress, settling);
    return new Stages(
        finder,
        new Fetcher(source, inserter, progress, settling),
        inserter,
        settling,
        onTheWay,
        new ApartAgain(source, target, progress));
  }
}
