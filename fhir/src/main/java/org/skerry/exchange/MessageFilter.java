package org.skerry.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import tools.jackson.databind.JsonNode;

/**
 * Which messages somebody asks for: {@code origin} (the creator's instance), {@code partner},
 * {@code resource} (a category or a resource), {@code status} (success, failure, conflict), {@code
 * operation} (push or pull), {@code action}; also by Sync 2.0's names, {@code success} and {@code
 * resourceName}, of which {@code ALL} says nothing.
 */
final class MessageFilter {
  private static final String ALL = "all";

  private final List<Predicate<JsonNode>> wishes = new ArrayList<>();

  /**
   * Reads a query.
   *
   * @throws HttpProblem 400 for a status that is none
   */
  static Predicate<JsonNode> of(Query query) {
    MessageFilter filter = new MessageFilter();
    filter.text(query, "origin", "creatorInstanceId");
    filter.text(query, "partner", "partner");
    filter.text(query, "operation", "operation");
    filter.text(query, "action", "action");
    filter.text(query, "resourceName", "resourceName");
    wish(query, "resource")
        .ifPresent(
            text ->
                filter.wishes.add(
                    message -> is(message, "resource", text) || is(message, "resourceName", text)));
    wish(query, "status").or(() -> wish(query, "success")).ifPresent(filter::status);
    return message -> filter.wishes.stream().allMatch(wish -> wish.test(message));
  }

  private static Optional<String> wish(Query query, String name) {
    return query.text(name).filter(text -> !text.isEmpty() && !text.equalsIgnoreCase(ALL));
  }

  private static boolean is(JsonNode message, String member, String text) {
    return text.equalsIgnoreCase(message.path(member).asString(""));
  }

  private void text(Query query, String name, String member) {
    wish(query, name).ifPresent(text -> wishes.add(message -> is(message, member, text)));
  }

  private void status(String text) {
    switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "success" -> wishes.add(message -> message.path("success").asBoolean(false));
      case "failure" -> wishes.add(message -> !message.path("success").asBoolean(false));
      case "conflict" -> wishes.add(message -> message.has(Message.CONFLICT));
      default ->
          throw HttpProblem.badRequest(
              "query_parse_error", "`status` is success, failure or conflict, not " + text);
    }
  }
}
