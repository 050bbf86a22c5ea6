package org.skerry.http.couch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small JSON that tells an endpoint what to do: bodies and parameters. Documents are read
 * elsewhere.
 */
public final class RequestJson {
  private static final JsonMapper MAPPER =
      JsonIn.builder(JsonIn.limited().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Each may be answered with a whole database. */
  private static final int MOST_QUERIES = 1_000;

  private RequestJson() {}

  /** The body, which is an object. */
  public static JsonNode object(Exchange exchange) throws IOException {
    return object(exchange.readBody());
  }

  /** A body that was read, which is an object. */
  public static JsonNode object(byte[] bytes) {
    JsonNode body = parse(bytes);
    if (!body.isObject()) {
      throw HttpProblem.badRequest("bad_request", "Request body must be a JSON object");
    }
    return body;
  }

  /** The body, which is an object, or nothing when there is none. */
  public static Optional<JsonNode> optionalObject(Exchange exchange) throws IOException {
    requireJson(exchange);
    byte[] bytes = exchange.readBody();
    if (bytes.length == 0) {
      return Optional.empty();
    }
    JsonNode body = parse(bytes);
    if (!body.isObject()) {
      throw HttpProblem.badRequest("bad_request", "Request body must be a JSON object");
    }
    return Optional.of(body);
  }

  /** The objects of the body's {@code queries}. */
  public static List<JsonNode> queries(Exchange exchange) throws IOException {
    requireJson(exchange);
    JsonNode queries = object(exchange).path("queries");
    if (queries.isMissingNode()) {
      throw HttpProblem.badRequest("bad_request", "POST body must include `queries` parameter.");
    }
    if (!queries.isArray()) {
      throw HttpProblem.badRequest("bad_request", "`queries` member must be an array.");
    }
    if (queries.size() > MOST_QUERIES) {
      throw HttpProblem.tooLarge("ask at most " + MOST_QUERIES + " queries at once");
    }
    List<JsonNode> objects = queries.valueStream().toList();
    if (!objects.stream().allMatch(JsonNode::isObject)) {
      throw HttpProblem.badRequest("bad_request", "each of `queries` must be a JSON object");
    }
    return objects;
  }

  /** The body, whatever it is. */
  public static JsonNode value(Exchange exchange) throws IOException {
    return parse(exchange.readBody());
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JacksonException e) {
      throw HttpProblem.brokenJson(e);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("bad_request", "invalid UTF-8 JSON: a number out of bounds");
    }
    throw HttpProblem.badRequest("bad_request", "invalid UTF-8 JSON: there is no value");
  }

  /** A parameter that is JSON. */
  public static JsonNode parameter(String name, String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JacksonException | NumberFormatException e) {
      throw badParameter(name);
    }
    throw badParameter(name);
  }

  private static HttpProblem badParameter(String name) {
    return HttpProblem.badRequest(
        "bad_request", "invalid UTF-8 JSON in the parameter `" + name + "`");
  }

  /**
   * Refuses a body of another type, as CouchDB does: a form of a foreign web page cannot send JSON,
   * and so cannot change anything here with its visitor's cookie.
   */
  public static void requireJson(Exchange exchange) {
    String type = exchange.header("Content-Type").orElse("");
    int end = type.indexOf(';');
    String essence = (end < 0 ? type : type.substring(0, end)).strip();
    if (!essence.equalsIgnoreCase("application/json")) {
      throw new HttpProblem(415, "bad_content_type", "Content-Type must be application/json");
    }
  }
}
