package org.skerry.http.couch.stats;

import java.util.List;
import java.util.Locale;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures as CouchDB's tree of objects, whose leaves have {@code value, type, desc}. */
final class StatsTree {
  private static final JsonMapper JSON = JsonIn.mapper();
  private static final double PRECISION = 1_000;

  private StatsTree() {}

  static ObjectNode of(Stats stats) {
    ObjectNode root = JSON.createObjectNode();
    for (Figure figure : stats.figures()) {
      double value = figure.value().getAsDouble();
      ObjectNode leaf = leaf(root, figure.path());
      if (value == Math.rint(value)) {
        leaf.put("value", (long) value);
      } else {
        leaf.put("value", value);
      }
      leaf.put("type", figure.kind().name().toLowerCase(Locale.ROOT));
      leaf.put("desc", figure.meaning());
    }
    requestTime(leaf(root, List.of("couchdb", "request_time")), stats.requestTime());
    return root;
  }

  private static ObjectNode leaf(ObjectNode root, List<String> path) {
    ObjectNode node = root;
    for (String name : path) {
      node = node.path(name) instanceof ObjectNode known ? known : node.putObject(name);
    }
    return node;
  }

  private static void requestTime(ObjectNode leaf, RequestTime time) {
    ObjectNode value = leaf.putObject("value");
    value.put("arithmetic_mean", rounded(time.mean()));
    value.put("max", rounded(time.max()));
    value.put("median", rounded(time.percentiles().getFirst()[1]));
    value.put("n", time.count());
    ArrayNode percentiles = value.putArray("percentile");
    for (double[] pair : time.percentiles()) {
      percentiles.addArray().add(rounded(pair[0])).add(rounded(pair[1]));
    }
    leaf.put("type", "histogram");
    leaf.put("desc", "length of a request inside the node, in milliseconds");
  }

  private static double rounded(double value) {
    return Math.round(value * PRECISION) / PRECISION;
  }

  /** The part below a path; an empty object where there is nothing, as CouchDB answers. */
  static JsonNode part(ObjectNode root, List<String> path) {
    JsonNode node = root;
    for (String name : path) {
      node = node.path(name);
    }
    return node.isMissingNode() ? JSON.createObjectNode() : node;
  }
}
