package org.skerry.fhir.subscription;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.search.query.QueryParameter;
import tools.jackson.databind.JsonNode;

/**
 * What a Subscription asks for.
 *
 * @param type of the resources
 * @param query which of them
 * @param payload the media type to send resources in; nothing sends none
 * @param end when it is over
 */
record Definition(
    String type,
    List<QueryParameter> query,
    URI endpoint,
    Optional<String> payload,
    List<Header> headers,
    Optional<Instant> end) {
  /** A header to send. */
  record Header(String name, String value) {}

  private static final Set<String> JSON = Set.of("application/fhir+json", "application/json");
  private static final Set<String> XML = Set.of("application/fhir+xml", "application/xml");
  private static final int MOST_HEADERS = 20;

  /** Those that say how a message is sent, which is not the subscriber's to say. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "connection",
          "transfer-encoding",
          "upgrade",
          "expect",
          "content-type");

  /** Whether resources are sent as XML. */
  boolean isXml() {
    return payload.filter(XML::contains).isPresent();
  }

  /**
   * Reads a Subscription.
   *
   * @param types that R4 has
   * @param allowed beginnings of URLs
   * @throws InvalidSubscriptionException when it cannot be run
   */
  static Definition of(JsonNode json, Set<String> types, List<String> allowed) {
    JsonNode channel = json.path("channel");
    String kind = channel.path("type").asString("");
    if (!kind.equals("rest-hook")) {
      throw new InvalidSubscriptionException(
          "channel.type is " + kind + ": only rest-hook is offered here");
    }
    String criteria = json.path("criteria").asString("");
    int question = criteria.indexOf('?');
    String type = question < 0 ? criteria : criteria.substring(0, question);
    if (!types.contains(type)) {
      throw new InvalidSubscriptionException(
          "criteria begins with no resource type: " + type + "?… is expected");
    }
    return new Definition(
        type,
        query(question < 0 ? "" : criteria.substring(question + 1)),
        Endpoints.check(channel.path("endpoint").asString(""), allowed),
        payload(channel.path("payload").asString("")),
        headers(channel.path("header")),
        end(json.path("end").asString("")));
  }

  private static List<QueryParameter> query(String text) {
    List<QueryParameter> query = new ArrayList<>();
    for (Parameters.Parameter one : Parameters.parse(text).list()) {
      if (one.name().startsWith("_")
          && !one.name().matches("_(id|tag|profile|security|source|has|text|content|filter).*")) {
        throw new InvalidSubscriptionException(
            "criteria: " + one.name() + " does not say which resources are meant");
      }
      query.add(new QueryParameter(one.name(), one.value()));
    }
    return query;
  }

  private static Optional<String> payload(String text) {
    String type = text.split(";")[0].strip();
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (!JSON.contains(type) && !XML.contains(type)) {
      throw new InvalidSubscriptionException(
          "channel.payload is application/fhir+json or application/fhir+xml, and not " + type);
    }
    return Optional.of(type);
  }

  private static List<Header> headers(JsonNode texts) {
    List<Header> headers = new ArrayList<>();
    for (JsonNode text : texts) {
      String line = text.asString("");
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon).strip();
      boolean plain = line.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      if (colon < 1 || !plain || !name.matches("[A-Za-z0-9-]+") || OWN.contains(lower(name))) {
        throw new InvalidSubscriptionException(
            "channel.header has a line that is no header to send: " + name);
      }
      headers.add(new Header(name, line.substring(colon + 1).strip()));
    }
    if (headers.size() > MOST_HEADERS) {
      throw new InvalidSubscriptionException("channel.header has more than " + MOST_HEADERS);
    }
    return headers;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Optional<Instant> end(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidSubscriptionException("end is no instant");
    }
  }
}
