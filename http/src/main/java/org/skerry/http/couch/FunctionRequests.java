package org.skerry.http.couch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.design.FunctionJson;
import org.skerry.http.Exchange;
import org.skerry.http.PercentDecoder;
import org.skerry.json.JsonIn;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as functions of design documents see it: {@code req}, with the members of {@code
 * chttpd_external:json_req_obj}. Unlike there, passwords and session cookies stay out: a function
 * could write them into a document.
 */
public final class FunctionRequests {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "x-auth-couchdb-token");
  private static final String SESSION_COOKIE = "AuthSession";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** What CouchDB's functions find in a request without a body. */
  private static final String NO_BODY = "undefined";

  private final DatabaseInfo info;
  private final UuidSequence uuids;

  FunctionRequests(DatabaseInfo info, UuidSequence uuids) {
    this.info = info;
    this.uuids = uuids;
  }

  /**
   * The request.
   *
   * @param id of the document that it names
   * @param body its body, which was read already
   */
  public JsonNode of(
      Exchange exchange, Database database, Optional<String> id, Optional<byte[]> body) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.set("info", MAPPER.readTree(JsonOut.bytes(info.facts(database)::write)));
    request.put("uuid", uuids.next());
    if (id.isPresent()) {
      request.put("id", id.get());
    } else {
      request.putNull("id");
    }
    request.put("method", exchange.isHead() ? "HEAD" : exchange.method().name());
    path(request.putArray("requested_path"), exchange);
    path(request.putArray("path"), exchange);
    request.put("raw_path", exchange.rawPath());
    query(request.putObject("query"), exchange);
    headers(request.putObject("headers"), exchange);
    String text = body.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(NO_BODY);
    request.put("body", text);
    request.put("peer", exchange.caller().address());
    form(request.putObject("form"), exchange, body.isPresent() ? text : "");
    cookies(request.putObject("cookie"), exchange);
    request.set("userCtx", FunctionJson.userCtx(database, AccessControl.author(exchange)));
    request.set("secObj", FunctionJson.secObj(database));
    return request;
  }

  private static void path(ArrayNode path, Exchange exchange) {
    for (String segment : exchange.rawPath().substring(1).split("/", -1)) {
      path.add(PercentDecoder.decode(segment));
    }
  }

  /** Parameters of views come as the JSON that they are, as far as it is JSON. */
  private static void query(ObjectNode query, Exchange exchange) {
    exchange
        .query()
        .all()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "startkey", "endkey", "key", "descending" ->
                    query.set(name, RequestJson.parameter(name, value));
                default -> query.put(name, value);
              }
            });
  }

  private static void headers(ObjectNode headers, Exchange exchange) {
    for (Map.Entry<String, String> header : exchange.headers().entrySet()) {
      if (!SECRET.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.put(header.getKey(), header.getValue());
      }
    }
  }

  private static void cookies(ObjectNode cookies, Exchange exchange) {
    for (String pair : exchange.header("Cookie").orElse("").split(";")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      if (!name.isEmpty() && !name.equals(SESSION_COOKIE)) {
        cookies.put(name, pair.substring(equals + 1).strip());
      }
    }
  }

  private static void form(ObjectNode form, Exchange exchange, String body) {
    boolean sent =
        exchange
            .header("Content-Type")
            .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
            .isPresent();
    if (!sent || body.isEmpty()) {
      return;
    }
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      form.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
