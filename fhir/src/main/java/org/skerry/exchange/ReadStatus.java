package org.skerry.exchange;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import tools.jackson.core.JsonGenerator;

/** {@code GET /_exchange/_status}: how it stands with each partner, and what was set aside. */
final class ReadStatus implements Endpoint {
  private static final int MOST = 1_000;

  private final Exchanges exchanges;

  ReadStatus(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("partners");
              out.writeStartArray();
              exchanges.runners().forEach(runner -> partner(out, runner));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static void partner(JsonGenerator out, Runner runner) {
    PartnerState state = runner.state();
    List<Letter> letters = runner.letters();
    out.writeStartObject();
    out.writeStringProperty("partner", runner.partner().name());
    out.writeStringProperty("base", runner.partner().base().toString());
    out.writeBooleanProperty("running", state.running());
    state.lastSuccess().ifPresent(time -> out.writeStringProperty("last_success", time.toString()));
    state.error().ifPresent(text -> out.writeStringProperty("error", text));
    out.writeNumberProperty("failures", state.failures());
    out.writeNumberProperty("set_aside", letters.size());
    out.writeName("letters");
    out.writeStartArray();
    letters.stream().limit(MOST).forEach(letter -> letter(out, letter));
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void letter(JsonGenerator out, Letter letter) {
    out.writeStartObject();
    out.writeStringProperty("operation", letter.direction().name());
    out.writeStringProperty("resource", letter.id().toString());
    out.writeStringProperty("problem", letter.problem());
    out.writeNumberProperty("attempts", letter.attempts());
    letter.next().ifPresent(time -> out.writeStringProperty("next", time.toString()));
    out.writeStringProperty("message", letter.message());
    out.writeEndObject();
  }
}
