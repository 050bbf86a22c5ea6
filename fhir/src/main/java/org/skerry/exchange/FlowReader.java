package org.skerry.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.RecordId;
import tools.jackson.databind.JsonNode;

/**
 * Reads one direction of a partner's description. What a category does not say, its direction says;
 * what that does not say, the partner does.
 */
final class FlowReader {
  private static final long DAY = 86_400;
  private static final Set<String> FLOW =
      Set.of("enabled", "schedule", "on_change", "retry", "conflicts", "categories");
  private static final Set<String> CATEGORY =
      Set.of("category", "type", "enabled", "client", "schedule", "retry", "conflicts");

  private final Usual usual;
  private final List<String> problems;

  /** What holds where nothing else is said. */
  record Usual(Duration every, RetryRule retry, ConflictRule conflicts) {
    Usual of(PartnerJson json) {
      return new Usual(
          Duration.ofSeconds(json.number("schedule", every.toSeconds(), 1, 30 * DAY)),
          FlowReader.retry(json.object("retry"), retry),
          FlowReader.conflicts(json, conflicts));
    }
  }

  FlowReader(Usual usual, List<String> problems) {
    this.usual = usual;
    this.problems = problems;
  }

  Optional<Flow> read(PartnerJson fields, Direction direction) {
    PartnerJson flow = fields.object(direction.text()).only(FLOW);
    boolean enabled = flow.flag("enabled", true);
    boolean onChange = flow.flag("on_change", false);
    if (onChange && direction == Direction.PULL) {
      flow.wrong("on_change", "is for `push`: nobody tells this node of changes there");
    }
    Usual ofFlow = usual.of(flow);
    List<Subject> subjects = new ArrayList<>();
    int index = 0;
    for (JsonNode node : flow.node("categories")) {
      String place = direction.text() + ".categories[" + index++ + "]";
      subject(new PartnerJson(node, place, problems).only(CATEGORY), ofFlow)
          .ifPresent(subjects::add);
    }
    return enabled && !subjects.isEmpty() && fields.has(direction.text())
        ? Optional.of(new Flow(onChange, subjects))
        : Optional.empty();
  }

  private static Optional<Subject> subject(PartnerJson json, Usual ofFlow) {
    String client = json.text("client").orElse("fhir");
    String type =
        client.equals("fhir") || !json.has("category")
            ? json.needed("type", "of the records")
            : json.text("type").or(() -> json.text("category")).orElse("");
    if (!type.isEmpty() && !RecordId.isType(type)) {
      json.wrong("type", "must be a type of records, as Patient");
    }
    Usual own = ofFlow.of(json);
    Subject subject =
        new Subject(
            json.text("category").orElse(type.toLowerCase(Locale.ROOT)),
            type,
            client,
            own.every(),
            own.retry(),
            own.conflicts());
    return json.flag("enabled", true) ? Optional.of(subject) : Optional.empty();
  }

  static RetryRule retry(PartnerJson retry, RetryRule usual) {
    retry.only(Set.of("attempts", "first_seconds", "most_seconds"));
    return new RetryRule(
        (int) retry.number("attempts", usual.attempts(), 1, 1_000),
        Duration.ofSeconds(retry.number("first_seconds", usual.first().toSeconds(), 1, DAY)),
        Duration.ofSeconds(retry.number("most_seconds", usual.most().toSeconds(), 1, 30 * DAY)));
  }

  static ConflictRule conflicts(PartnerJson json, ConflictRule usual) {
    Optional<String> text = json.text("conflicts");
    Optional<ConflictRule> rule = text.flatMap(ConflictRule::of);
    if (text.isPresent() && rule.isEmpty()) {
      json.wrong("conflicts", "must be keep, theirs or ours");
    }
    return rule.orElse(usual);
  }
}
