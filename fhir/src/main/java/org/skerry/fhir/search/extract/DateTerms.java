package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;

/**
 * Times, as intervals of milliseconds: from low until before high.
 *
 * <pre>
 *   [low, high]
 *   [true, high, low]        of those longer than a day, so that they are found by their end
 * </pre>
 */
public final class DateTerms {
  /** Up to this length an interval is found by its beginning, wherever it ends. */
  public static final long SHORT = 24L * 60 * 60 * 1_000;

  private DateTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    return switch (type.getName()) {
      case "date", "dateTime", "instant" -> Optional.of(DateTerms::time);
      case "Period" -> Optional.of(DateTerms::period);
      case "Timing" -> Optional.of(DateTerms::timing);
      default -> Optional.empty();
    };
  }

  private static Optional<FhirTime> read(JsonNode element) {
    return element.isString() ? FhirTime.parse(element.stringValue()) : Optional.empty();
  }

  private static void time(JsonNode element, Consumer<Term> terms) {
    read(element).ifPresent(time -> add(time.low(), time.high(), terms));
  }

  private static void period(JsonNode element, Consumer<Term> terms) {
    Optional<FhirTime> start = read(element.path("start"));
    Optional<FhirTime> end = read(element.path("end"));
    if (start.isPresent() || end.isPresent()) {
      long low = start.map(FhirTime::low).orElse(FhirTime.MIN);
      add(low, Math.max(low, end.map(FhirTime::high).orElse(FhirTime.MAX)), terms);
    }
  }

  /** The outer limits of all events. */
  private static void timing(JsonNode element, Consumer<Term> terms) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (JsonNode event : element.path("event").values()) {
      Optional<FhirTime> time = read(event);
      if (time.isPresent()) {
        low = Math.min(low, time.get().low());
        high = Math.max(high, time.get().high());
      }
    }
    JsonNode bounds = element.path("repeat").path("boundsPeriod");
    if (bounds.isObject()) {
      low = Math.min(low, read(bounds.path("start")).map(FhirTime::low).orElse(FhirTime.MIN));
      high = Math.max(high, read(bounds.path("end")).map(FhirTime::high).orElse(FhirTime.MAX));
    }
    if (low <= high) {
      add(low, high, terms);
    }
  }

  private static void add(long low, long high, Consumer<Term> terms) {
    terms.accept(Term.of(LongNode.valueOf(low), LongNode.valueOf(high)));
    if (high - low > SHORT) {
      terms.accept(Term.of(BooleanNode.TRUE, LongNode.valueOf(high), LongNode.valueOf(low)));
    }
  }
}
