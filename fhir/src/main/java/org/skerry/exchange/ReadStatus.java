package org.skerry.exchange;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.exchange.Partner.Subject;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_exchange/_status}: how it stands with each partner and direction, how far behind it
 * is, and what was set aside; with {@code partner} one of them.
 */
final class ReadStatus implements Endpoint {
  private static final int MOST = 1_000;

  private final Exchanges exchanges;

  ReadStatus(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Optional<String> name = exchange.query().text("partner");
    List<Runner> runners =
        exchanges.runners().stream()
            .filter(one -> name.filter(text -> !text.equals(one.partner().name())).isEmpty())
            .toList();
    exchange.answer(
        Answers.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("partners");
              out.writeStartArray();
              runners.forEach(runner -> partner(out, runner));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private void partner(JsonGenerator out, Runner runner) {
    Partner partner = runner.partner();
    Optional<Run> run = exchanges.run(partner);
    List<Letter> letters = run.map(one -> one.ledger().letters()).orElse(List.of());
    out.writeStartObject();
    out.writeStringProperty("partner", partner.name());
    out.writeStringProperty("database", partner.database());
    out.writeStringProperty("base", partner.place().toString());
    for (Lane lane : runner.lanes()) {
      out.writeName(lane.direction().text());
      lane(out, lane, run, letters);
    }
    out.writeNumberProperty("set_aside", letters.size());
    out.writeName("letters");
    out.writeStartArray();
    letters.stream().limit(MOST).forEach(letter -> letter(out, letter));
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void lane(JsonGenerator out, Lane lane, Optional<Run> run, List<Letter> letters) {
    LaneState state = lane.state();
    out.writeStartObject();
    out.writeBooleanProperty("running", state.running());
    state.lastSuccess().ifPresent(time -> out.writeStringProperty("last_success", time.toString()));
    state.error().ifPresent(text -> out.writeStringProperty("error", text));
    out.writeNumberProperty("failures", state.failures());
    Instant next = lane.next(Optional.empty());
    if (next.isAfter(Instant.EPOCH) && next.isBefore(Instant.MAX)) {
      out.writeStringProperty("next", next.toString());
    }
    out.writeNumberProperty(
        "set_aside",
        (int) letters.stream().filter(one -> one.direction() == lane.direction()).count());
    if (lane.direction() == Direction.PUSH && run.isPresent()) {
      out.writeNumberProperty("pending", pending(lane, run.get()));
    }
    out.writeName("categories");
    out.writeStartArray();
    lane.flow().subjects().forEach(subject -> subject(out, subject));
    out.writeEndArray();
    out.writeEndObject();
  }

  /** How many changes the push has not looked at; not all of them are for the partner. */
  private static long pending(Lane lane, Run run) {
    long now = run.database().store().now().number();
    return lane.flow().subjects().stream()
        .mapToLong(subject -> now - Push.mark(run.ledger(), subject).number())
        .max()
        .orElse(0);
  }

  private static void subject(JsonGenerator out, Subject subject) {
    out.writeStartObject();
    out.writeStringProperty("category", subject.category());
    out.writeStringProperty("type", subject.type());
    out.writeStringProperty("client", subject.client());
    out.writeNumberProperty("schedule", subject.every().toSeconds());
    out.writeStringProperty("conflicts", subject.conflicts().text());
    out.writeEndObject();
  }

  private static void letter(JsonGenerator out, Letter letter) {
    out.writeStartObject();
    out.writeStringProperty("operation", letter.direction().name());
    out.writeStringProperty("category", letter.category());
    out.writeStringProperty("resource", letter.id().toString());
    out.writeStringProperty("problem", letter.problem());
    out.writeNumberProperty("attempts", letter.attempts());
    letter.next().ifPresent(time -> out.writeStringProperty("next", time.toString()));
    out.writeStringProperty("message", letter.message());
    out.writeEndObject();
  }
}
