package org.skerry.http.couch.stats;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * One figure.
 *
 * @param path its place in {@code _stats}: {@code couchdb, httpd, requests}
 * @param meaning CouchDB's {@code desc}
 */
record Figure(List<String> path, Kind kind, String meaning, DoubleSupplier value) {
  /** Whether it only grows. */
  enum Kind {
    COUNTER,
    GAUGE
  }

  Figure {
    path = List.copyOf(path);
  }

  static Figure counter(String path, String meaning, DoubleSupplier value) {
    return new Figure(List.of(path.split("/")), Kind.COUNTER, meaning, value);
  }

  static Figure gauge(String path, String meaning, DoubleSupplier value) {
    return new Figure(List.of(path.split("/")), Kind.GAUGE, meaning, value);
  }
}
