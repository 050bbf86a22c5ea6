package org.skerry.postgres.capture;

import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How far capture came: a unit, and how many of its changes are behind.
 *
 * @param lsn of the unit's commit
 */
record Place(long lsn, int changes) implements Comparable<Place> {
  /** As the book keeps it: {@code 0/16B3748+12}. */
  static Optional<Place> parse(String text) {
    int plus = text.lastIndexOf('+');
    if (plus < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Place(
              LogSequenceNumber.valueOf(text.substring(0, plus)).asLong(),
              Integer.parseInt(text.substring(plus + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Behind all of a unit, or a part of one. */
  static Place behind(Unit unit) {
    return new Place(unit.place(), unit.last() ? Integer.MAX_VALUE : unit.behind());
  }

  @Override
  public int compareTo(Place other) {
    int units = Long.compareUnsigned(lsn, other.lsn);
    return units != 0 ? units : Integer.compare(changes, other.changes);
  }

  @Override
  public String toString() {
    return LogSequenceNumber.valueOf(lsn).asString() + "+" + changes;
  }
}
