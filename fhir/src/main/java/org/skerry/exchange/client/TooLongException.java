package org.skerry.exchange.client;

/** The partner answers more than is read at once, or later than anybody waits. */
public final class TooLongException extends PartnerDownException {
  private static final long serialVersionUID = 1L;

  TooLongException(String message) {
    super(message);
  }
}
