package org.skerry.exchange;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /_exchange/_status/{partner}/retry}: tries everything again that was set aside; or
 * the one {@code resource} that the query names, or those of {@code {"resources": […]}}.
 */
final class RetryAll implements Endpoint {
  private static final JsonMapper MAPPER = JsonIn.builder(JsonIn.limited()).build();

  private final Exchanges exchanges;

  RetryAll(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = RunPartner.runner(exchanges, exchange);
    retry(exchange, runner, wanted(exchange));
  }

  private static Set<String> wanted(Exchange exchange) throws IOException {
    if (exchange.query().has("resource")) {
      return Set.of(exchange.query().text("resource").orElse(""));
    }
    byte[] body = exchange.readBody();
    if (body.length == 0) {
      return Set.of();
    }
    try {
      JsonNode json = MAPPER.readTree(body);
      JsonNode list = json.path("resources");
      if (json.isObject() && list.isMissingNode()) {
        return Set.of();
      }
      if (list.isArray() && !list.isEmpty() && list.valueStream().allMatch(JsonNode::isString)) {
        Set<String> records = new HashSet<>();
        list.forEach(one -> records.add(one.stringValue()));
        return records;
      }
    } catch (JacksonException e) {
      throw HttpProblem.brokenJson(e);
    }
    throw HttpProblem.badRequest("bad_request", "`resources` must be an array of texts");
  }

  static void retry(Exchange exchange, Runner runner, Set<String> records) throws IOException {
    try {
      runner.retry(records);
    } catch (PartnerDownException e) {
      throw new HttpProblem(502, "partner_down", String.valueOf(e.getMessage()));
    }
    int left =
        (int)
            runner.letters().stream()
                .filter(letter -> records.isEmpty() || records.contains(letter.id().toString()))
                .count();
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", left == 0);
              out.writeNumberProperty("left", left);
              out.writeEndObject();
            }));
  }
}
