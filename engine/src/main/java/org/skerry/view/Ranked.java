package org.skerry.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.collation.ValueWriter;
import org.skerry.index.Reduction;
import org.skerry.index.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code _top_N} and {@code _bottom_N}: the greatest or the smallest values, each once. */
final class Ranked implements Reduction {
  private final int count;
  private final Comparator<JsonNode> order;

  Ranked(int count, boolean top) {
    this.count = count;
    this.order = top ? JsonOrder.UNICODE.reversed() : JsonOrder.UNICODE;
  }

  @Override
  public byte[] reduce(List<Row> rows) {
    return ranked(rows.stream().map(Row::value).map(ValueReader::read));
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    return ranked(states.stream().map(ValueReader::read).flatMap(JsonNode::valueStream));
  }

  private byte[] ranked(Stream<JsonNode> values) {
    List<JsonNode> sorted = new ArrayList<>(values.toList());
    // Stable: of equal values the first is kept.
    sorted.sort(order);
    ArrayNode ranked = JsonNodeFactory.instance.arrayNode();
    for (JsonNode value : sorted) {
      boolean other = ranked.isEmpty() || order.compare(ranked.get(ranked.size() - 1), value) != 0;
      if (other && ranked.size() < count) {
        ranked.add(value);
      }
    }
    return new ValueWriter().of(ranked);
  }

  @Override
  public Reduced result(byte[] state) {
    return new Reduced.Value(state);
  }
}
