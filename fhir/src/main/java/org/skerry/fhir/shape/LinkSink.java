package org.skerry.fhir.shape;

/** Takes the places in a resource's bytes that may name other resources. */
@FunctionalInterface
public interface LinkSink {
  /** For whoever does not want to know. */
  LinkSink NONE = (kind, start, end) -> {};

  /** What kind of text stands there. */
  enum Kind {
    /** {@code Reference.reference}. */
    REFERENCE,
    /** An element of type uri, url, oid, uuid or canonical. */
    URI,
    /** XHTML, in which there may be links. */
    XHTML
  }

  /** A JSON string, between its quotes included. */
  void link(Kind kind, int start, int end);
}
