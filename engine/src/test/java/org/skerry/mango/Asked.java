package org.skerry.mango;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.skerry.collation.ValueReader;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** JSON in tests, with single quotes for double ones. */
final class Asked {
  private Asked() {}

  static JsonNode json(String text) {
    return ValueReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static NormalSelector normal(String selector) {
    return NormalSelector.of(json(selector));
  }

  static FindRequest find(String request) {
    return FindRequest.parse(json(request));
  }

  /** An index of a design document that has its name. */
  static MangoIndex.Json index(String name, String... columns) {
    return new MangoIndex.Json(
        "_design/" + name,
        name,
        new IndexDefinition(new Sort(Arrays.asList(columns), false), json("{}")),
        false);
  }

  static MangoIndex.Json partial(String name, String filter, String... columns) {
    return new MangoIndex.Json(
        "_design/" + name,
        name,
        new IndexDefinition(new Sort(Arrays.asList(columns), false), json(filter)),
        false);
  }

  /** These indexes, and the special one. */
  static List<MangoIndex> withAllDocs(MangoIndex... indexes) {
    List<MangoIndex> all = new ArrayList<>(Arrays.asList(indexes));
    all.add(new MangoIndex.AllDocs());
    return all;
  }

  /** What a writer writes, with single quotes. */
  static String written(Consumer<JsonGenerator> writer) {
    return new String(JsonOut.bytes(writer), StandardCharsets.UTF_8).replace('"', '\'');
  }
}
