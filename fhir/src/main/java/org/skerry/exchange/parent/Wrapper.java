package org.skerry.exchange.parent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.BadDocumentException;
import org.skerry.document.JsonScanner;
import org.skerry.http.HttpProblem;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request as a child of Sync 2.0 sends it. Its member {@code className} names a class of
 * OpenMRS's, which says nothing here.
 *
 * @param instanceId what the child calls itself
 * @param fhir whether the child speaks FHIR in it, not plain JSON
 * @param headers of the request: Sync 2.0 has none, other nodes send those of versions
 */
record Wrapper(
    String instanceId,
    boolean fhir,
    String method,
    String url,
    Map<String, String> headers,
    Optional<byte[]> body) {
  private static final JsonMapper MAPPER = JsonIn.builder(JsonIn.limited()).build();
  private static final int MAX_DEPTH = 500;
  private static final int LONGEST_NAME = 255;
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

  /** What a wrapped request may say besides its body; above all no other credentials. */
  private static final List<String> HEADERS =
      List.of("If-Match", "If-None-Match", "If-None-Exist", "Prefer", "Accept", "Content-Type");

  /**
   * Reads a wrapper.
   *
   * @throws HttpProblem 400 when it is none, 413 when it has too many values
   */
  static Wrapper read(byte[] json) {
    JsonNode node = parsed(json);
    JsonNode request = node.path("request");
    String client = text(node, "clientName");
    if (!client.equals("fhir") && !client.equals("rest")) {
      throw bad("`clientName` must be fhir or rest");
    }
    String method = text(request, "method");
    if (!METHODS.contains(method)) {
      throw bad("`request.method` must be one of GET, POST, PUT, PATCH and DELETE");
    }
    return new Wrapper(
        instance(node),
        client.equals("fhir"),
        method,
        text(request, "url"),
        headers(request.path("headers")),
        body(json, request.path("body")));
  }

  private static JsonNode parsed(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.isObject() && node.path("request").isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw HttpProblem.brokenJson(e);
    }
    throw bad("expected an object with `instanceId`, `clientName` and `request`");
  }

  private static String instance(JsonNode node) {
    String name = node.path("instanceId").asString("");
    if (name.length() > LONGEST_NAME) {
      throw bad("`instanceId` is longer than " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw bad("`" + name + "` must be a text");
    }
    return value.stringValue();
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new HashMap<>();
    for (String name : HEADERS) {
      node.properties().stream()
          .filter(member -> member.getKey().equalsIgnoreCase(name) && member.getValue().isString())
          .forEach(member -> headers.put(name, member.getValue().stringValue()));
    }
    return headers;
  }

  /** Sync 2.0 writes a body as a text; an object is taken as its bytes stand. */
  private static Optional<byte[]> body(byte[] json, JsonNode body) {
    if (body.isMissingNode() || body.isNull()) {
      return Optional.empty();
    }
    if (body.isString()) {
      return Optional.of(body.stringValue().getBytes(StandardCharsets.UTF_8));
    }
    if (!body.isObject()) {
      throw bad("`request.body` must be a text or an object");
    }
    return raw(json, "request").flatMap(request -> raw(request, "body"));
  }

  private static Optional<byte[]> raw(byte[] json, String name) {
    try {
      Optional<byte[]> found = Optional.empty();
      JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
      scanner.enterObject();
      for (boolean first = true; scanner.member(first); first = false) {
        boolean wanted = scanner.name().equals(name);
        scanner.peek();
        int start = scanner.position();
        scanner.skipValue();
        if (wanted) {
          found = Optional.of(Arrays.copyOfRange(json, start, scanner.position()));
        }
      }
      return found;
    } catch (BadDocumentException e) {
      throw bad("invalid JSON: " + e.getMessage());
    }
  }

  static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }
}
