package org.skerry.selector;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A condition on one JSON value: a document, or whatever {@link AtPath} found in it. Trees of these
 * are what a selector compiles to; their leaves are {@link ValueTest} and {@link ContentTest}.
 */
sealed interface Condition permits ValueTest, ContentTest, Condition.Anything, Condition.Logic {
  /** Whether the value meets the condition. */
  boolean test(JsonNode value);

  /** The empty selector. */
  record Anything() implements Condition {
    @Override
    public boolean test(JsonNode value) {
      return true;
    }
  }

  /** Conditions made of conditions on the same document. */
  sealed interface Logic extends Condition {}

  /** {@code $and}, and several conditions in one object; {@code $nor} with each part negated. */
  record AllOf(List<Condition> parts) implements Logic {
    @Override
    public boolean test(JsonNode value) {
      for (Condition part : parts) {
        if (!part.test(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /** {@code $or}. Of an empty list it is true, as in CouchDB. */
  record AnyOf(List<Condition> parts) implements Logic {
    @Override
    public boolean test(JsonNode value) {
      for (Condition part : parts) {
        if (part.test(value)) {
          return true;
        }
      }
      return parts.isEmpty();
    }
  }

  /** {@code $not}. */
  record Not(Condition part) implements Logic {
    @Override
    public boolean test(JsonNode value) {
      return !part.test(value);
    }
  }

  /** A condition on the value at a path. */
  record AtPath(FieldPath path, Condition condition) implements Logic {
    @Override
    public boolean test(JsonNode value) {
      return switch (path.find(value)) {
        case FieldPath.Found(JsonNode found) -> condition.test(found);
        case FieldPath.Missing _ -> condition.equals(ValueTest.Exists.NOT);
        case FieldPath.Astray _ -> false;
      };
    }
  }
}
