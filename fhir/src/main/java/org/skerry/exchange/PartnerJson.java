package org.skerry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads members of a configuration, and notes all that is wrong with them. */
final class PartnerJson {
  private static final int LONGEST = 2_048;

  private final JsonNode json;
  private final String place;
  private final List<String> problems;

  PartnerJson(JsonNode json, String place, List<String> problems) {
    this.json = json;
    this.place = place;
    this.problems = problems;
    if (!json.isObject() && !json.isMissingNode()) {
      problems.add((place.isEmpty() ? "the document" : "`" + place + "`") + " must be an object");
    }
  }

  /** Refuses members of other names; those that begin with an underscore are CouchDB's. */
  PartnerJson only(Set<String> names) {
    for (String name : json.propertyNames()) {
      if (!names.contains(name) && !name.startsWith("_")) {
        problems.add("unknown member `" + path(name) + "`");
      }
    }
    return this;
  }

  private String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  void wrong(String name, String what) {
    problems.add("`" + path(name) + "` " + what);
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** All members, but those that are CouchDB's. */
  Stream<Map.Entry<String, JsonNode>> properties() {
    return json.properties().stream().filter(member -> !member.getKey().startsWith("_"));
  }

  JsonNode node(String name) {
    return json.path(name);
  }

  PartnerJson object(String name) {
    return new PartnerJson(json.path(name), path(name), problems);
  }

  Optional<String> text(String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()
        || value.stringValue().isBlank()
        || value.stringValue().length() > LONGEST) {
      wrong(name, "must be a text of 1 to " + LONGEST + " characters");
      return Optional.empty();
    }
    return Optional.of(value.stringValue());
  }

  String needed(String name, String what) {
    if (!has(name)) {
      wrong(name, "is missing: " + what);
    }
    return text(name).orElse("");
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrong(name, "must be true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  long number(String name, long otherwise, long least, long most) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    // OpenMRS writes its schedules as texts.
    Optional<Long> number =
        value.isString()
            ? parsed(value.stringValue())
            : Optional.of(value).filter(JsonNode::canConvertToLong).map(JsonNode::longValue);
    if (number.isEmpty() || number.get() < least || number.get() > most) {
      wrong(name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return number.get();
  }

  private static Optional<Long> parsed(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** An HTTP address without credentials, without a slash at its end. */
  Optional<URI> url(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get().replaceAll("/+$", ""));
      boolean web =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      if (web
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      wrong(name, "is no URL");
      return Optional.empty();
    }
    wrong(name, "must be an http(s) URL without credentials and without a query");
    return Optional.empty();
  }
}
