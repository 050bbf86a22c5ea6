package org.skerry.fhir.resource;

/** A document that is no resource, though its id could be one's. */
public final class NoResourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoResourceException(String message) {
    super(message);
  }
}
