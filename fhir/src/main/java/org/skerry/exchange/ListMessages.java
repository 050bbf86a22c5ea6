package org.skerry.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.document.Body;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import tools.jackson.databind.JsonNode;

/**
 * {@code GET /ws/rest/sync2/messages}: the audit, newest first; by {@code origin} (the creator's
 * instance), {@code partner}, {@code resource} (a category or a resource), {@code status} (success
 * or failure), {@code operation} (push or pull), paged by {@code limit} and {@code before}.
 */
final class ListMessages implements Endpoint {
  private static final long USUAL = 100;
  private static final long MOST = 1_000;

  private final Exchanges exchanges;

  ListMessages(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    int limit = (int) Math.clamp(query.number("limit").orElse(USUAL), 1, MOST);
    Predicate<JsonNode> wanted = wanted(query);
    List<Body> found =
        exchanges
            .messages()
            .map(messages -> messages.list(query.text("before"), limit, wanted))
            .orElse(List.of());
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("results");
              out.writeStartArray();
              for (Body message : found) {
                out.writeRawValue(new String(message.json(), StandardCharsets.UTF_8));
              }
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static Predicate<JsonNode> wanted(Query query) {
    Optional<Boolean> success = query.text("status").map(ListMessages::success);
    Map<String, Optional<String>> texts =
        Map.of(
            "creatorInstanceId", query.text("origin"),
            "partner", query.text("partner"),
            "operation", query.text("operation"));
    Optional<String> resource = query.text("resource");
    return message ->
        success.filter(wish -> wish != message.path("success").asBoolean()).isEmpty()
            && texts.entrySet().stream()
                .allMatch(
                    wish ->
                        wish.getValue()
                            .filter(
                                text ->
                                    !text.equalsIgnoreCase(
                                        message.path(wish.getKey()).asString("")))
                            .isEmpty())
            && resource
                .filter(
                    text ->
                        !text.equals(message.path("resource").asString(""))
                            && !text.equalsIgnoreCase(message.path("resourceName").asString("")))
                .isEmpty();
  }

  private static boolean success(String status) {
    return switch (status) {
      case "success" -> true;
      case "failure" -> false;
      default ->
          throw HttpProblem.badRequest(
              "query_parse_error", "`status` is success or failure, not " + status);
    };
  }
}
