package org.skerry.fhir.bundle;

import org.skerry.fhir.rest.Call;
import org.skerry.http.Answer;

/** Asks one entry's request of the server's own interactions. */
@FunctionalInterface
public interface SubRequests {
  /**
   * The answer to an entry; a problem is an OperationOutcome, and never thrown.
   *
   * @param call the bundle's, of whose sender the entry is a request
   */
  Answer ask(Call call, Request request);

  /** One entry's request; made by this package alone. */
  interface Request {
    org.skerry.http.Method method();

    /** The path's segments, decoded. */
    java.util.List<String> segments();

    /** The exchange for a route's variables. */
    org.skerry.http.Exchange exchange(java.util.Map<String, String> variables);

    /** What was answered by the exchange. */
    Answer answer();
  }
}
