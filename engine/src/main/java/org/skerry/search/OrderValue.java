package org.skerry.search;

/** One of the values by which a hit has its place in the order. */
public sealed interface OrderValue {
  /** How well a hit answers the query. */
  record Score(float value) implements OrderValue {}

  /** A number field's value. */
  record Number(double value) implements OrderValue {}

  /** A string field's value, or the document's id. */
  record Text(String value) implements OrderValue {}

  /** The hit has no such field. */
  record Absent() implements OrderValue {}
}
