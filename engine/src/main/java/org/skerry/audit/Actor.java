package org.skerry.audit;

import java.util.Optional;

/**
 * Who did something.
 *
 * @param name nothing for somebody who did not sign in, and for the node itself
 * @param address where the request came from; nothing for the node itself
 */
public record Actor(Optional<String> name, Optional<String> address) {
  /** The node itself: its start, its schedules, its command line. */
  public static final Actor NODE = new Actor(Optional.empty(), Optional.empty());

  /** A user, at an address. */
  public static Actor of(String name, String address) {
    return new Actor(Optional.of(name), Optional.of(address));
  }

  /** Somebody at an address who did not sign in. */
  public static Actor stranger(String address) {
    return new Actor(Optional.empty(), Optional.of(address));
  }
}
