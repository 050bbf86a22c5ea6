package org.skerry.postgres.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads members of a satellite's document, and notes all that is wrong with them. */
public final class Members {
  private static final int LONGEST = 2_048;

  /** PostgreSQL's bound for names. */
  private static final Pattern NAME = Pattern.compile("[^\\x00\"]{1,63}");

  private final JsonNode json;
  private final String place;
  private final List<String> problems;

  /**
   * Members of an object.
   *
   * @param place where it stands, for people; empty for the document itself
   * @param problems what is wrong is added here
   */
  public Members(JsonNode json, String place, List<String> problems) {
    this.json = json;
    this.place = place;
    this.problems = problems;
    if (!json.isObject() && !json.isMissingNode()) {
      problems.add((place.isEmpty() ? "the document" : "`" + place + "`") + " must be an object");
    }
  }

  /** Refuses members of other names; those that begin with an underscore are CouchDB's. */
  public Members only(Set<String> names) {
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

  /** Notes a problem with a member. */
  public void wrong(String name, String what) {
    problems.add("`" + path(name) + "` " + what);
  }

  /** Whether there is anything. */
  public boolean has(String name) {
    return !isAbsent(node(name));
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** The member as it is; missing where there is none. */
  public JsonNode node(String name) {
    return json.path(name);
  }

  /** An object; one without members where there is none. */
  public Members object(String name) {
    return new Members(json.path(name), path(name), problems);
  }

  /** An element of a list. */
  Members part(JsonNode element, String name) {
    return new Members(element, path(name), problems);
  }

  /** An object's members by their names, in its order. */
  public Map<String, JsonNode> each(String name) {
    JsonNode value = json.path(name);
    Map<String, JsonNode> found = new LinkedHashMap<>();
    if (value.isObject()) {
      value.properties().forEach(member -> found.put(member.getKey(), member.getValue()));
    } else if (!isAbsent(value)) {
      wrong(name, "must be an object");
    }
    return found;
  }

  /** A text. */
  public Optional<String> text(String name) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
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

  /** A text that must be there. */
  public String needed(String name, String what) {
    if (!has(name)) {
      wrong(name, "is missing: " + what);
    }
    return text(name).orElse("");
  }

  /** A name of PostgreSQL's. */
  public Optional<String> name(String member) {
    Optional<String> text = text(member);
    if (text.filter(name -> !isName(name)).isPresent()) {
      wrong(member, "can be no name of a table or column");
    }
    return text.filter(Members::isName);
  }

  /** Whether a table or column may be called so. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A list of names, of which there must be one at least. */
  public List<String> names(String member) {
    List<String> found = new ArrayList<>();
    JsonNode list = json.path(member);
    for (JsonNode name : list) {
      found.add(name.isString() ? name.stringValue() : "");
    }
    if (!list.isArray()
        || found.isEmpty()
        || !found.stream().allMatch(Members::isName)
        || Set.copyOf(found).size() < found.size()) {
      wrong(member, "must be a list of different columns");
      return List.of();
    }
    return found;
  }

  /** True or false. */
  public boolean flag(String name, boolean otherwise) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrong(name, "must be true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  /** A whole number. */
  public long number(String name, long otherwise, long least, long most) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      wrong(name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.longValue();
  }

  /** One of an enumeration's words. */
  public <E extends Enum<E>> E word(String name, E otherwise, List<E> words) {
    return word(name, words).orElse(otherwise);
  }

  /** One of an enumeration's words, if there is any. */
  public <E extends Enum<E>> Optional<E> word(String name, List<E> words) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (E word : words) {
      if (word.toString().equals(text.get().toLowerCase(Locale.ROOT))) {
        return Optional.of(word);
      }
    }
    wrong(name, "must be one of " + words);
    return Optional.empty();
  }
}
