package org.skerry.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of OpenMRS's REST API, feeds and sync2 wrapper as a client sees of it: records without
 * versions, made larger by what OpenMRS shows besides; deletion voids; unknown members are refused.
 */
final class OpenMrsServer implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> PROPERTIES =
      Set.of("uuid", "names", "gender", "address", "site");

  private final HttpServer server;
  private final Map<String, ObjectNode> records = new LinkedHashMap<>();
  private final List<String> events = new ArrayList<>();

  /** What it was asked, as {@code METHOD path body}. */
  final List<String> asked = new ArrayList<>();

  /** Gives new records another UUID than they came with, as old resources of OpenMRS's do. */
  volatile boolean renames;

  /** Makes requests of itself only when they come wrapped. */
  volatile boolean onlyWrapped;

  OpenMrsServer() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/openmrs/ws/rest/v1/patient", exchange -> direct(exchange));
    server.createContext("/openmrs/ws/rest/sync2", exchange -> wrapped(exchange));
    server.createContext("/openmrs/ws/atomfeed/patient", exchange -> feed(exchange));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/openmrs";
  }

  /** What a user does there. */
  synchronized void edit(String uuid, String json, String event) {
    ObjectNode record =
        records.computeIfAbsent(uuid, id -> MAPPER.createObjectNode().put("uuid", id));
    record.setAll((ObjectNode) MAPPER.readTree(json));
    events.add(event + " " + uuid);
  }

  synchronized JsonNode record(String uuid) {
    return records.getOrDefault(uuid, MAPPER.createObjectNode());
  }

  synchronized int count() {
    return records.size();
  }

  private void direct(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (onlyWrapped) {
      send(exchange, 500, "{\"error\":\"not wrapped\"}");
      return;
    }
    answer(exchange, exchange.getRequestMethod(), exchange.getRequestURI(), body);
  }

  private void wrapped(HttpExchange exchange) throws IOException {
    JsonNode wrapper = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    JsonNode request = wrapper.path("request");
    asked.add(
        "WRAPPED "
            + wrapper.path("instanceId").asString("")
            + " "
            + wrapper.path("clientName").asString("")
            + " "
            + wrapper.path("className").asString(""));
    answer(
        exchange,
        request.path("method").asString(""),
        URI.create(request.path("url").asString("")),
        request.path("body").asString(""));
  }

  private synchronized void answer(HttpExchange exchange, String method, URI url, String body)
      throws IOException {
    String[] parts = url.getPath().split("/");
    String uuid = parts[parts.length - 1].equals("patient") ? "" : parts[parts.length - 1];
    asked.add(method + " " + uuid + " " + body);
    switch (method) {
      case "GET" -> read(exchange, uuid);
      case "DELETE" -> {
        if (records.containsKey(uuid)) {
          records.get(uuid).put("voided", true);
          events.add("VOIDED " + uuid);
        }
        send(exchange, records.containsKey(uuid) ? 204 : 404, "");
      }
      default -> write(exchange, uuid, (ObjectNode) MAPPER.readTree(body));
    }
  }

  private void read(HttpExchange exchange, String uuid) throws IOException {
    if (records.containsKey(uuid)) {
      send(exchange, 200, shown(records.get(uuid)).toString());
    } else {
      send(exchange, 404, "{\"error\":{\"message\":\"Object with given uuid doesn't exist\"}}");
    }
  }

  private void write(HttpExchange exchange, String uuid, ObjectNode json) throws IOException {
    if (json.size() == 1 && json.path("deleted").asString("").equals("false")) {
      records.get(uuid).put("voided", false);
      events.add("UNVOIDED " + uuid);
      send(exchange, 200, shown(records.get(uuid)).toString());
      return;
    }
    if (!PROPERTIES.containsAll(json.propertyNames())) {
      send(
          exchange, 400, "{\"error\":{\"message\":\"Some properties are not allowed to be set\"}}");
      return;
    }
    String name = uuid;
    if (uuid.isEmpty()) {
      name = renames ? "other-" + records.size() : json.path("uuid").asString("");
    }
    ObjectNode record =
        records.computeIfAbsent(name, id -> MAPPER.createObjectNode().put("voided", false));
    record.setAll(json);
    record.put("uuid", name);
    events.add((uuid.isEmpty() ? "CREATED " : "UPDATED ") + name);
    send(exchange, uuid.isEmpty() ? 201 : 200, shown(record).toString());
  }

  /** With what OpenMRS adds. */
  private static ObjectNode shown(ObjectNode record) {
    ObjectNode shown = record.deepCopy();
    shown.put("display", "of " + record.path("uuid").asString(""));
    if (record.path("site").isString()) {
      shown.putObject("site").put("uuid", record.path("site").asString()).put("display", "a site");
    }
    shown.putArray("links").addObject().put("rel", "self").put("uri", "http://x/y");
    shown.put("resourceVersion", "1.8");
    shown.putObject("auditInfo").put("dateChanged", System.nanoTime());
    return shown;
  }

  private synchronized void feed(HttpExchange exchange) throws IOException {
    StringBuilder page = new StringBuilder("<feed><link rel=\"via\" href=\"");
    page.append(url()).append("/ws/atomfeed/patient/1\"/>");
    for (int i = 0; i < events.size(); i++) {
      String[] event = events.get(i).split(" ");
      page.append("<entry><category term=\"%s\"/><id>e%d</id>".formatted(event[0], i));
      page.append(
          "<content><![CDATA[{\"rest\":\"/ws/rest/v1/patient/%s?v=full\"}]]></content>"
              .formatted(event[1]));
      page.append("</entry>");
    }
    send(exchange, 200, page.append("</feed>").toString());
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
