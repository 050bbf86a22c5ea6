package org.skerry.postgres.capture;

import java.util.Optional;

/**
 * How a place in the log stands.
 *
 * @param active whether somebody reads from it
 * @param status PostgreSQL's word: {@code reserved}, {@code extended}, {@code unreserved}, {@code
 *     lost}
 * @param retained how many bytes of log PostgreSQL keeps for it
 * @param behind how many bytes of log were written since what was confirmed
 * @param safe how many more can be written before PostgreSQL may give it up; nothing without a
 *     bound
 */
public record SlotState(
    boolean active, String status, Optional<Long> retained, long behind, Optional<Long> safe) {
  /** Whether PostgreSQL gave it up: what happened since then is not in its log. */
  public boolean isLost() {
    return status.equals("lost");
  }

  /** Whether PostgreSQL is about to. */
  public boolean isEndangered() {
    return status.equals("unreserved");
  }
}
