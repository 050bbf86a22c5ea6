package org.skerry.http.couch.admin;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditQuery;
import org.skerry.audit.AuditRecord;
import org.skerry.audit.AuditTrail;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_node/{node}/_audit}: who did what, newest first. Filtered by {@code action} (several
 * parted by commas), {@code user}, {@code subject}, {@code from} and {@code until}; a page of
 * {@code limit} ends with {@code next}, which the request for the page behind it names as {@code
 * after}.
 */
final class ReadAudit implements Endpoint {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final Optional<AuditTrail> trail;

  ReadAudit(Optional<AuditTrail> trail) {
    this.trail = trail;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    AuditQuery query = query(exchange.query());
    List<AuditRecord> events =
        trail.orElseThrow(() -> HttpProblem.notFound("This node keeps no audit log")).read(query);
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("events");
              events.forEach(event -> write(out, event));
              out.writeEndArray();
              if (!events.isEmpty() && events.size() == query.limit()) {
                out.writeNumberProperty("next", events.getLast().number());
              }
              out.writeEndObject();
            }));
  }

  private static void write(JsonGenerator out, AuditRecord event) {
    out.writeStartObject();
    out.writeNumberProperty("seq", event.number());
    out.writeStringProperty("time", event.time().toString());
    out.writeStringProperty("action", event.action().text());
    event.actor().name().ifPresent(name -> out.writeStringProperty("user", name));
    event.actor().address().ifPresent(from -> out.writeStringProperty("address", from));
    out.writeStringProperty("subject", event.subject());
    if (!event.details().isEmpty()) {
      out.writeObjectPropertyStart("details");
      event.details().forEach(out::writeStringProperty);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static AuditQuery query(Query query) {
    return new AuditQuery(
        actions(query),
        query.text("user"),
        query.text("subject"),
        time(query, "from"),
        time(query, "until"),
        query.has("after")
            ? Optional.of(number(query, "after", 0, Long.MAX_VALUE))
            : Optional.empty(),
        query.flag("descending", true),
        (int) (query.has("limit") ? number(query, "limit", 1, MOST) : USUAL));
  }

  private static Set<AuditAction> actions(Query query) {
    Set<AuditAction> actions = EnumSet.noneOf(AuditAction.class);
    query
        .text("action")
        .ifPresent(
            list -> {
              for (String text : list.split(",", -1)) {
                actions.add(
                    AuditAction.of(text.strip())
                        .orElseThrow(() -> invalid("action", "one of those that the log has")));
              }
            });
    return actions;
  }

  private static Optional<Instant> time(Query query, String name) {
    return query
        .text(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeParseException e) {
                throw invalid(name, "a time as 2026-01-31T08:00:00Z");
              }
            });
  }

  private static long number(Query query, String name, long least, long most) {
    try {
      long number = Long.parseLong(query.text(name).orElse(""));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, "a whole number");
    }
    throw invalid(name, "a number from " + least + " to " + most);
  }

  private static HttpProblem invalid(String name, String expected) {
    return HttpProblem.badRequest("query_parse_error", "`" + name + "` must be " + expected);
  }
}
