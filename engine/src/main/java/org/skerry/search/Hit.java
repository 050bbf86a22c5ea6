package org.skerry.search;

import java.util.List;

/**
 * A document that answers a query.
 *
 * @param fields what was stored, in the order of the index function's calls
 */
public record Hit(String id, List<OrderValue> order, List<Stored> fields) {
  public Hit {
    order = List.copyOf(order);
    fields = List.copyOf(fields);
  }

  /** A stored field. */
  public sealed interface Stored {
    String name();
  }

  /** A stored string. */
  public record StoredText(String name, String value) implements Stored {}

  /** A stored number. */
  public record StoredNumber(String name, double value) implements Stored {}
}
