package org.skerry.http.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.skerry.config.InvalidConfigException;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that a new password must contain.
 *
 * @param reason what its user is told otherwise
 */
record PasswordRule(Pattern pattern, String reason) {
  private static final JsonMapper JSON = JsonIn.mapper();
  private static final String REFUSAL = "Password does not conform to requirements.";

  /** Rules of a text that {@link #check} accepts; none of another. */
  static List<PasswordRule> parse(String text) {
    try {
      return check(text);
    } catch (InvalidConfigException e) {
      return List.of();
    }
  }

  /**
   * Reads CouchDB's {@code password_regexp}: an Erlang list of texts, or of pairs of a text and a
   * reason, {@code ["[a-z]+", {"[0-9]", "It needs a digit."}]}.
   *
   * @throws InvalidConfigException when it has another form
   */
  static List<PasswordRule> check(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    JsonNode list;
    try {
      list = JSON.readTree(asJson(text));
    } catch (JacksonException e) {
      throw malformed();
    }
    if (!list.isArray()) {
      throw malformed();
    }
    List<PasswordRule> rules = new ArrayList<>();
    list.forEach(entry -> rules.add(rule(entry)));
    return List.copyOf(rules);
  }

  private static PasswordRule rule(JsonNode entry) {
    JsonNode pattern = entry.isArray() ? entry.path(0) : entry;
    String reason = entry.isArray() ? entry.path(1).asString("") : "";
    if (!pattern.isString()) {
      throw malformed();
    }
    try {
      return new PasswordRule(
          Pattern.compile(pattern.asString()), reason.isEmpty() ? REFUSAL : REFUSAL + " " + reason);
    } catch (PatternSyntaxException e) {
      throw malformed();
    }
  }

  /** Erlang's tuples as JSON's lists; outside of texts the two differ in nothing else. */
  private static String asJson(String erlang) {
    StringBuilder json = new StringBuilder(erlang.length());
    boolean inText = false;
    for (int i = 0; i < erlang.length(); i++) {
      char c = erlang.charAt(i);
      if (inText && c == '\\' && i + 1 < erlang.length()) {
        json.append(c).append(erlang.charAt(++i));
        continue;
      }
      inText ^= c == '"';
      json.append(inText ? c : c == '{' ? '[' : c == '}' ? ']' : c);
    }
    return json.toString();
  }

  private static InvalidConfigException malformed() {
    return new InvalidConfigException(
        "password_regexp is a list of regular expressions, or of pairs {\"expression\","
            + " \"reason\"}");
  }

  boolean allows(String password) {
    return pattern.matcher(password).find();
  }
}
