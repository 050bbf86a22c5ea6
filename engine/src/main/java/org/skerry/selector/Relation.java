package org.skerry.selector;

import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/** How two values may stand to each other in an order. */
enum Relation {
  LESS,
  AT_MOST,
  EQUAL,
  NOT_EQUAL,
  AT_LEAST,
  GREATER;

  boolean holds(JsonNode value, JsonNode with, JsonOrder order) {
    return switch (this) {
      case LESS -> order.compare(value, with) < 0;
      case AT_MOST -> order.compare(value, with) <= 0;
      case EQUAL -> order.same(value, with);
      case NOT_EQUAL -> !order.same(value, with);
      case AT_LEAST -> order.compare(value, with) >= 0;
      case GREATER -> order.compare(value, with) > 0;
    };
  }

  /** What holds exactly when this does not. */
  Relation opposite() {
    return switch (this) {
      case LESS -> AT_LEAST;
      case AT_MOST -> GREATER;
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case AT_LEAST -> LESS;
      case GREATER -> AT_MOST;
    };
  }
}
