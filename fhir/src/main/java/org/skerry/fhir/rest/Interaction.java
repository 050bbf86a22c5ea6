package org.skerry.fhir.rest;

import java.io.IOException;

/** Answers the requests of one kind. Called by many threads at once. */
@FunctionalInterface
public interface Interaction {
  /**
   * Answers one request, exactly once.
   *
   * @throws org.skerry.fhir.outcome.OutcomeException what the client is told instead
   * @throws IOException when the client is gone, or sent a body that ends early
   */
  void answer(Call call) throws IOException;
}
