package org.skerry.exchange.client;

/** The partner cannot be reached, or lets this node not in: nothing moves, all of it waits. */
public class PartnerDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, for people; without the partner's password. */
  public PartnerDownException(String message) {
    super(message, null, false, false);
  }
}
