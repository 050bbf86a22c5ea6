package org.skerry.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * {@code _stats}: sum, count, least, greatest and sum of squares, of numbers, of arrays of numbers
 * place by place, or of objects that are such statistics already ({@code
 * couch_query_servers:builtin_stats}). A state is what clients are told, or, of values that are
 * none of these, {@value #MARK} and the reason.
 */
final class Stats implements Reduction {
  private static final char MARK = '!';
  private static final List<String> MEMBERS = List.of("sum", "count", "min", "max", "sumsqr");

  /** What was met of which there are no statistics. */
  private static final class NoStatsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStatsException(String reason) {
      super(reason, null, false, false);
    }
  }

  @Override
  public byte[] reduce(List<Row> rows) {
    return merged(rows.stream().map(Row::value).toList());
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    return states.stream().filter(Stats::isError).findFirst().orElseGet(() -> merged(states));
  }

  private static boolean isError(byte[] state) {
    return state[0] == MARK;
  }

  private static byte[] merged(List<byte[]> values) {
    Optional<JsonNode> stats = Optional.empty();
    try {
      for (byte[] json : values) {
        JsonNode more = stats(ValueReader.read(json));
        stats = Optional.of(stats.isEmpty() ? more : merge(stats.get(), more));
      }
    } catch (NoStatsException | Decimals.BeyondRangeException e) {
      return (MARK + String.valueOf(e.getMessage())).getBytes(StandardCharsets.UTF_8);
    }
    return new ValueWriter().of(stats.orElseThrow());
  }

  private static JsonNode stats(JsonNode value) {
    if (value.isNumber()) {
      ObjectNode stats = JsonNodeFactory.instance.objectNode();
      stats.set("sum", value);
      stats.set("count", LongNode.valueOf(1));
      stats.set("min", value);
      stats.set("max", value);
      stats.set("sumsqr", Decimals.square(value));
      return stats;
    }
    if (value.isArray()) {
      ArrayNode stats = JsonNodeFactory.instance.arrayNode();
      value.values().forEach(element -> stats.add(stats(element)));
      return stats;
    }
    if (!value.isObject()) {
      throw notNumeric(value);
    }
    ObjectNode stats = JsonNodeFactory.instance.objectNode();
    for (String member : MEMBERS) {
      JsonNode number = value.path(member);
      if (number.isMissingNode()) {
        throw new NoStatsException(
            "user _stats input missing required field " + member + " (" + value + ")");
      }
      if (!number.isNumber()) {
        throw new NoStatsException(
            "non-numeric _stats input received for " + member + ": " + number);
      }
      stats.set(member, number);
    }
    return stats;
  }

  private static NoStatsException notNumeric(JsonNode value) {
    return new NoStatsException(
        "The _stats function requires that map values be numbers or arrays of numbers, not '"
            + value
            + "'");
  }

  private static JsonNode merge(JsonNode a, JsonNode b) {
    if (a.isArray() != b.isArray() || a.isArray() && a.size() != b.size()) {
      throw notNumeric(b);
    }
    if (a.isArray()) {
      ArrayNode merged = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < a.size(); i++) {
        merged.add(merge(a.get(i), b.get(i)));
      }
      return merged;
    }
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    for (String member : MEMBERS) {
      JsonNode left = a.get(member);
      JsonNode right = b.get(member);
      merged.set(
          member,
          switch (member) {
            case "min" -> Decimals.smaller(left, right);
            case "max" -> Decimals.greater(left, right);
            default -> Decimals.add(left, right);
          });
    }
    return merged;
  }

  @Override
  public Reduced result(byte[] state) {
    return isError(state)
        ? new Reduced.Failed(
            "invalid_value",
            new String(Arrays.copyOfRange(state, 1, state.length), StandardCharsets.UTF_8))
        : new Reduced.Value(state);
  }
}
