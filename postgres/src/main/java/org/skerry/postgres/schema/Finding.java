package org.skerry.postgres.schema;

/**
 * Something that a live database and a mapping do not agree on.
 *
 * @param isFault whether nothing can run as it is; otherwise it is worth knowing
 * @param place table and column, or what of the server
 * @param what is found, what is expected, and what to do
 */
public record Finding(boolean isFault, String place, String what) {
  @Override
  public String toString() {
    return (isFault ? "fault: " : "note:  ") + place + ": " + what;
  }
}
