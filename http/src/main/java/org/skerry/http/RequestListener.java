package org.skerry.http;

/** Hears of every request that ended. Called on its thread; must be quick. */
@FunctionalInterface
public interface RequestListener {
  void finished(FinishedRequest request);

  /** Hears nothing. */
  RequestListener NONE = request -> {};

  /** This one, and then the other. */
  default RequestListener and(RequestListener other) {
    return request -> {
      finished(request);
      other.finished(request);
    };
  }
}
