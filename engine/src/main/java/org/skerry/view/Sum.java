package org.skerry.view;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skerry.collation.ValueReader;
import org.skerry.collation.ValueWriter;
import org.skerry.index.Reduction;
import org.skerry.index.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code _sum} of numbers, arrays of numbers (place by place) or objects of these (member by
 * member). What cannot be summed becomes CouchDB's error object in place of the sum ({@code
 * couch_query_servers:builtin_sum_rows}).
 */
final class Sum implements Reduction {
  private static final String ERROR = "builtin_reduce_error";
  private static final String REASON =
      "The _sum function requires that map values be numbers, arrays of numbers, or objects."
          + " Objects cannot be mixed with other data structures. Objects can be arbitrarily"
          + " nested, provided that the values for all fields are themselves numbers, arrays of"
          + " numbers, or objects.";

  /** CouchDB's bounds: a sum larger than this has to be at most half of what it sums. */
  private static final int ALLOWED_BYTES = 4906;

  private static final LongNode ZERO = LongNode.valueOf(0);

  /** What was met that cannot be summed. */
  private static final class NotSummedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient JsonNode error;

    NotSummedException(JsonNode error) {
      super("not summed", null, false, false);
      this.error = error;
    }
  }

  @Override
  public byte[] reduce(List<Row> rows) {
    return sum(rows.stream().map(Row::value).toList());
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    return sum(states);
  }

  private static byte[] sum(List<byte[]> values) {
    JsonNode sum = ZERO;
    long bytes = 0;
    try {
      for (byte[] json : values) {
        bytes += json.length;
        sum = add(ValueReader.read(json), sum);
      }
    } catch (NotSummedException e) {
      sum = e.error;
    } catch (Decimals.BeyondRangeException e) {
      sum = error(String.valueOf(e.getMessage()));
    }
    byte[] summed = new ValueWriter().of(sum);
    if (summed.length > ALLOWED_BYTES && 2L * summed.length > bytes && !isError(sum)) {
      return new ValueWriter()
          .of(
              error(
                  "Reduce output must shrink more rapidly: input size: "
                      + bytes
                      + " output size: "
                      + summed.length));
    }
    return summed;
  }

  private static boolean isError(JsonNode value) {
    return value.isObject() && ERROR.equals(value.path("error").asString(""));
  }

  private static ObjectNode error(String reason) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("error", ERROR);
    error.put("reason", reason);
    return error;
  }

  private static NotSummedException notSummed(JsonNode cause) {
    ObjectNode error = error(REASON);
    error.set("caused_by", cause);
    return new NotSummedException(error);
  }

  private static JsonNode add(JsonNode value, JsonNode sum) {
    if (value.isObject()) {
      if (isError(value)) {
        throw new NotSummedException(value);
      }
      if (sum.isObject()) {
        return addObjects(value, sum);
      }
      if (ZERO.equals(sum)) {
        return value;
      }
      throw notSummed(value);
    }
    boolean summable = (value.isNumber() || value.isArray()) && !sum.isObject();
    if (!summable) {
      throw notSummed(value);
    }
    return value.isNumber() && sum.isNumber()
        ? Decimals.add(value, sum)
        : addArrays(array(sum), array(value));
  }

  private static ArrayNode array(JsonNode value) {
    return value instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode().add(value);
  }

  private static ArrayNode addArrays(ArrayNode a, ArrayNode b) {
    ArrayNode sums = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      JsonNode left = i < a.size() ? a.get(i) : ZERO;
      JsonNode right = i < b.size() ? b.get(i) : ZERO;
      if (!left.isNumber() || !right.isNumber()) {
        throw notSummed(left.isNumber() ? right : left);
      }
      sums.add(Decimals.add(left, right));
    }
    return sums;
  }

  private static ObjectNode addObjects(JsonNode a, JsonNode b) {
    Map<String, JsonNode> sums = new TreeMap<>();
    for (JsonNode object : Arrays.asList(b, a)) {
      Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator();
      while (members.hasNext()) {
        Map.Entry<String, JsonNode> member = members.next();
        sums.merge(member.getKey(), member.getValue(), (sum, value) -> add(value, sum));
      }
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    sums.forEach(result::set);
    return result;
  }

  @Override
  public Reduced result(byte[] state) {
    return new Reduced.Value(state);
  }
}
