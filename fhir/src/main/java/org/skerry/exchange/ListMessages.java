package org.skerry.exchange;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code GET /ws/rest/sync2/messages}: the audit, newest first, as a {@link MessageFilter} lets
 * through. Paged by {@code limit} and {@code before}; or, as Sync 2.0 does, by {@code pageIndex}
 * and {@code pageSize}, with the number of all in {@code itemsCount}.
 */
final class ListMessages implements Endpoint {
  private static final long USUAL = 100;
  private static final long MOST = 1_000;

  /** Pages by their number cost all that stands before them. */
  private static final int MOST_COUNTED = 100_000;

  private final Exchanges exchanges;

  ListMessages(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    Predicate<JsonNode> wanted = MessageFilter.of(query);
    if (query.has("pageIndex")) {
      byNumber(exchange, query, wanted);
      return;
    }
    int limit = (int) Math.clamp(query.number("limit").orElse(USUAL), 1, MOST);
    Optional<String> before = query.text("before").map(ListMessages::uuid);
    MessagePage page =
        exchanges
            .messages()
            .map(messages -> messages.list(before, limit, wanted))
            .orElse(new MessagePage(List.of(), Optional.empty()));
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              write(out, "results", page.entries());
              page.before().ifPresent(uuid -> out.writeStringProperty("before", uuid));
              out.writeEndObject();
            }));
  }

  private static String uuid(String text) {
    if (!RetryMessage.UUID.matcher(text).matches()) {
      throw HttpProblem.badRequest("query_parse_error", "`before` is no message: " + text);
    }
    return text;
  }

  private void byNumber(Exchange exchange, Query query, Predicate<JsonNode> wanted)
      throws IOException {
    int size = (int) Math.clamp(query.number("pageSize").orElse(USUAL), 1, MOST);
    int index = Math.clamp(query.number("pageIndex").orElse(1L), 1, MOST_COUNTED);
    MessageCount count = new MessageCount((long) (index - 1) * size, size, MOST_COUNTED);
    exchanges.messages().ifPresent(messages -> count.read(messages, wanted));
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberProperty("itemsCount", count.items());
              out.writeNumberProperty("page", index);
              out.writeNumberProperty("pageSize", size);
              write(out, "data", count.page());
              out.writeEndObject();
            }));
  }

  private void write(JsonGenerator out, String name, List<MessagePage.Entry> entries) {
    Map<String, String> next =
        exchanges.chain().after(entries.stream().map(MessagePage.Entry::uuid).toList());
    out.writeName(name);
    out.writeStartArray();
    for (MessagePage.Entry entry : entries) {
      out.writeRawValue(
          Chain.shown(entry.message().json(), Optional.ofNullable(next.get(entry.uuid()))));
    }
    out.writeEndArray();
  }
}
