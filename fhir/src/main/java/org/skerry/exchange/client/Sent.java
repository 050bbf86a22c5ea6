package org.skerry.exchange.client;

/** What became of a record that was sent. */
public sealed interface Sent {
  /**
   * The partner has it.
   *
   * @param version its name for it; empty when it is unknown
   */
  record Accepted(String version) implements Sent {}

  /**
   * The partner has another version than it was sent for, and keeps it.
   *
   * @param said what it said, for people
   */
  record Outdated(String said) implements Sent {}

  /**
   * The partner does not take it.
   *
   * @param said what it said, for people
   */
  record Refused(String said) implements Sent {}
}
