package org.skerry.fhir.rest.patch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Patch (RFC 6902). Numbers keep their digits. */
final class JsonPatch {
  private static final JsonMapper MAPPER = mapper(JsonIn.unlimited());

  /** Of what clients send; what is stored was let in once, however many values it has. */
  private static final JsonMapper SENT = mapper(JsonIn.limited());

  private static final int MAX_OPERATIONS = 10_000;

  /** Copies of copies double with each operation: what is copied may not be longer than this. */
  private static final int MAX_COPIED_BYTES = 16 << 20;

  private static final Pattern WRONG_ESCAPE = Pattern.compile("~(?![01])");

  private int copied;

  private JsonPatch() {}

  /**
   * A document with a patch applied to it.
   *
   * @throws OutcomeException 400 when the patch is none, 413 when it asks for too much, 422 when it
   *     does not fit the document
   */
  static byte[] apply(byte[] document, byte[] patch) {
    JsonNode operations = read(patch);
    if (!(operations instanceof ArrayNode list)) {
      throw OutcomeException.invalid("A JSON Patch is an array of operations (RFC 6902)");
    }
    if (list.size() > MAX_OPERATIONS) {
      throw OutcomeException.of(
          413, "too-long", list.size() + " operations, at most " + MAX_OPERATIONS);
    }
    JsonNode result = stored(document);
    JsonPatch applied = new JsonPatch();
    int index = 0;
    for (JsonNode operation : list) {
      result = applied.apply(result, operation, index++);
    }
    return write(result);
  }

  /**
   * What a patch made.
   *
   * @throws OutcomeException 422 when that is too deep, or has a number of very many digits
   */
  static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JacksonException e) {
      throw OutcomeException.of(
          422, "processing", "What the patch makes cannot be written: " + e.getOriginalMessage());
    }
  }

  /**
   * A patch.
   *
   * @throws OutcomeException 400 when it is none, 413 when it has too many values
   */
  static JsonNode read(byte[] json) {
    try {
      return SENT.readTree(json);
    } catch (JacksonException e) {
      throw JsonIn.isTooLong(e)
          ? OutcomeException.of(413, "too-long", "The patch: " + e.getOriginalMessage())
          : OutcomeException.invalid("The patch is no JSON: " + e.getOriginalMessage());
    }
  }

  /** A resource as it is stored. */
  static JsonNode stored(byte[] json) {
    return MAPPER.readTree(json);
  }

  private static JsonMapper mapper(JsonFactoryBuilder factory) {
    return JsonIn.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  private JsonNode apply(JsonNode document, JsonNode operation, int index) {
    String op = operation.path("op").asString("");
    List<String> path = pointer(operation, "path", index);
    return switch (op) {
      case "add" -> add(document, path, value(operation, index), index);
      case "replace" -> replace(document, path, value(operation, index), index);
      case "remove" -> remove(document, path, index);
      case "copy" -> {
        JsonNode found = find(document, pointer(operation, "from", index), index);
        yield add(document, path, copy(found, index), index);
      }
      case "move" -> move(document, pointer(operation, "from", index), path, index);
      case "test" -> {
        JsonNode found = find(document, path, index);
        if (!same(found, value(operation, index))) {
          throw misfit(index, "the test of " + operation.path("path").asString() + " fails");
        }
        yield document;
      }
      default ->
          throw OutcomeException.invalid(
              "Operation "
                  + index
                  + " of the patch is \""
                  + op
                  + "\", which RFC 6902 does not have");
    };
  }

  private JsonNode copy(JsonNode node, int index) {
    copied += write(node).length;
    if (copied > MAX_COPIED_BYTES) {
      throw OutcomeException.of(
          413,
          "too-long",
          "With operation "
              + index
              + " the patch copies "
              + copied
              + " bytes, at most "
              + MAX_COPIED_BYTES);
    }
    return node.deepCopy();
  }

  private static JsonNode move(JsonNode document, List<String> from, List<String> to, int index) {
    if (to.size() > from.size() && to.subList(0, from.size()).equals(from)) {
      throw misfit(index, "nothing can be moved into itself");
    }
    JsonNode moved = find(document, from, index);
    return add(remove(document, from, index), to, moved, index);
  }

  private static JsonNode value(JsonNode operation, int index) {
    if (!operation.has("value")) {
      throw OutcomeException.invalid("Operation " + index + " of the patch has no value");
    }
    return operation.get("value");
  }

  /** RFC 6901. */
  private static List<String> pointer(JsonNode operation, String member, int index) {
    JsonNode text = operation.path(member);
    if (!text.isString()
        || !text.asString().isEmpty() && !text.asString().startsWith("/")
        || WRONG_ESCAPE.matcher(text.asString()).find()) {
      throw OutcomeException.invalid(
          "Operation " + index + " of the patch has no " + member + " that is a JSON pointer");
    }
    List<String> tokens = new ArrayList<>();
    String[] parts = text.asString().split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      tokens.add(parts[i].replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  private static JsonNode find(JsonNode document, List<String> path, int index) {
    JsonNode at = document;
    for (String token : path) {
      JsonNode next =
          switch (at) {
            case ObjectNode object -> object.get(token);
            case ArrayNode array -> array.get(position(token, array.size() - 1, index));
            default -> null;
          };
      if (next == null) {
        throw misfit(index, "there is no " + String.join("/", path));
      }
      at = next;
    }
    return at;
  }

  private static JsonNode add(JsonNode document, List<String> path, JsonNode value, int index) {
    if (path.isEmpty()) {
      return value;
    }
    String last = path.getLast();
    switch (find(document, path.subList(0, path.size() - 1), index)) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array ->
          array.insert(
              last.equals("-") ? array.size() : position(last, array.size(), index), value);
      default -> throw misfit(index, "nothing can stand at " + String.join("/", path));
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, List<String> path, int index) {
    if (path.isEmpty()) {
      throw misfit(index, "the whole resource cannot be removed: delete it");
    }
    find(document, path, index);
    String last = path.getLast();
    switch (find(document, path.subList(0, path.size() - 1), index)) {
      case ObjectNode object -> object.remove(last);
      case ArrayNode array -> array.remove(position(last, array.size() - 1, index));
      default -> throw misfit(index, "there is no " + String.join("/", path));
    }
    return document;
  }

  /** In its place: a member stays where it stands among the others. */
  private static JsonNode replace(JsonNode document, List<String> path, JsonNode value, int index) {
    if (path.isEmpty()) {
      return value;
    }
    find(document, path, index);
    String last = path.getLast();
    switch (find(document, path.subList(0, path.size() - 1), index)) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> array.set(position(last, array.size() - 1, index), value);
      default -> throw misfit(index, "there is no " + String.join("/", path));
    }
    return document;
  }

  private static int position(String token, int most, int index) {
    if (token.matches("0|[1-9][0-9]{0,8}")) {
      int position = Integer.parseInt(token);
      if (position <= most) {
        return position;
      }
    }
    throw misfit(index, "there is no element " + token + " in that array");
  }

  /** RFC 6902, 4.6: numbers are the same when their values are. */
  private static boolean same(JsonNode one, JsonNode other) {
    return one.equals(
        (first, second) ->
            first.isNumber() && second.isNumber()
                ? decimal(first).compareTo(decimal(second))
                : first.equals(second) ? 0 : 1,
        other);
  }

  private static BigDecimal decimal(JsonNode number) {
    return number.decimalValue();
  }

  private static OutcomeException misfit(int index, String what) {
    return OutcomeException.of(
        422, "processing", "Operation " + index + " of the patch does not fit: " + what);
  }
}
