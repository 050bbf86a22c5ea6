package org.skerry.collation;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A total order of JSON values. Numbers are compared exactly, by value; arrays element by element;
 * objects member by member in the order they are written, name before value; the shorter is the
 * smaller when all else is equal. So {@code {"a":1,"b":2}} and {@code {"b":2,"a":1}} differ, as
 * they do in CouchDB.
 */
public enum JsonOrder implements Comparator<JsonNode> {
  /**
   * Null, false, true, numbers, strings by Unicode collation, arrays, objects ({@code
   * couch_ejson_compare}).
   */
  UNICODE {
    @Override
    int rank(JsonNode value) {
      return switch (value.getNodeType()) {
        case NULL, MISSING -> 0;
        case BOOLEAN -> value.booleanValue() ? 2 : 1;
        case NUMBER -> NUMBERS;
        case STRING, BINARY, POJO -> STRINGS;
        case ARRAY -> 5;
        case OBJECT -> 6;
      };
    }

    @Override
    int compareText(String a, String b) {
      return CollatedText.compare(a, b);
    }

    @Override
    boolean sameText(String a, String b) {
      return CollatedText.same(a, b);
    }
  },

  /**
   * Numbers, false, null, true, objects, arrays, strings by their bytes: the order of Erlang's
   * terms.
   */
  RAW {
    @Override
    int rank(JsonNode value) {
      return switch (value.getNodeType()) {
        case NUMBER -> NUMBERS;
        case BOOLEAN -> value.booleanValue() ? 6 : 4;
        case NULL, MISSING -> 5;
        case OBJECT -> 7;
        case ARRAY -> 8;
        case STRING, BINARY, POJO -> RAW_STRINGS;
      };
    }

    @Override
    int compareText(String a, String b) {
      return compareCodePoints(a, b);
    }

    @Override
    boolean sameText(String a, String b) {
      return a.equals(b);
    }
  };

  private static final int NUMBERS = 3;
  private static final int STRINGS = 4;
  private static final int RAW_STRINGS = 9;

  /**
   * Where values of its kind stand; values of one rank that are no numbers, texts or containers are
   * equal.
   */
  abstract int rank(JsonNode value);

  abstract int compareText(String a, String b);

  abstract boolean sameText(String a, String b);

  @Override
  public int compare(JsonNode a, JsonNode b) {
    int rank = rank(a);
    int difference = rank - rank(b);
    if (difference != 0) {
      return difference;
    }
    if (rank == NUMBERS) {
      return ExactNumbers.compare(a, b);
    }
    if (a.isString()) {
      return compareText(a.stringValue(), b.stringValue());
    }
    if (a.isArray()) {
      return compareElements(a, b);
    }
    return a.isObject() ? compareMembers(a, b) : 0;
  }

  /** Whether {@link #compare} would be 0; cheaper. */
  public boolean same(JsonNode a, JsonNode b) {
    if (a.isString()) {
      return b.isString() && sameText(a.stringValue(), b.stringValue());
    }
    if (a.isContainer() && a.size() != b.size()) {
      return false;
    }
    return compare(a, b) == 0;
  }

  private int compareElements(JsonNode a, JsonNode b) {
    int shared = Math.min(a.size(), b.size());
    for (int i = 0; i < shared; i++) {
      int difference = compare(a.get(i), b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return a.size() - b.size();
  }

  private int compareMembers(JsonNode a, JsonNode b) {
    Iterator<Map.Entry<String, JsonNode>> left = a.properties().iterator();
    Iterator<Map.Entry<String, JsonNode>> right = b.properties().iterator();
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<String, JsonNode> one = left.next();
      Map.Entry<String, JsonNode> other = right.next();
      int difference = compareText(one.getKey(), other.getKey());
      if (difference == 0) {
        difference = compare(one.getValue(), other.getValue());
      }
      if (difference != 0) {
        return difference;
      }
    }
    return a.size() - b.size();
  }

  /**
   * The order of the texts' UTF-8 bytes, which is that of their code points, not of their UTF-16
   * units.
   */
  private static int compareCodePoints(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean leftIsHigh = Character.isSurrogate(left);
        return leftIsHigh == Character.isSurrogate(right) ? left - right : leftIsHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
