package org.skerry.exchange.client;

/** What became of a fetch. */
public sealed interface Fetched {
  /** It is there, or known to be gone. */
  record Here(Version version) implements Fetched {}

  /** The partner does not know it. */
  record Absent() implements Fetched {}

  /**
   * The partner has something that cannot be taken.
   *
   * @param problem for people
   */
  record Refused(String problem) implements Fetched {}
}
