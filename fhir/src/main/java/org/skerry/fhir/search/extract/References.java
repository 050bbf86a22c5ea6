package org.skerry.fhir.search.extract;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What references say: {@code Patient/1}, {@code http://…/Patient/1/_history/2}, a urn. */
public final class References {
  private static final String HISTORY = "/_history/";
  private static final int MAX_ID = 64;

  private References() {}

  /**
   * A reference, taken apart.
   *
   * @param url the whole of it without a version when it is absolute, else empty
   * @param type empty when it is not known
   * @param id the logical id; empty when it is not known
   */
  public record Target(String url, String type, String id) {
    /** Whether it is of this server. */
    public boolean isLocal() {
      return url.isEmpty();
    }

    /** {@code Type/id}. */
    public String path() {
      return type + "/" + id;
    }
  }

  /** What a {@code Reference} refers to; nothing when it does so by an identifier or inside. */
  static Optional<Target> read(JsonNode reference) {
    JsonNode literal = reference.get("reference");
    if (literal == null || !literal.isString()) {
      return Optional.empty();
    }
    return parse(literal.stringValue())
        .map(
            found ->
                found.type().isEmpty() && reference.path("type").isString()
                    ? new Target(found.url(), reference.path("type").stringValue(), found.id())
                    : found);
  }

  /** What the text of a reference refers to; nothing when that is contained. */
  public static Optional<Target> parse(String text) {
    if (text.isEmpty() || text.charAt(0) == '#') {
      return Optional.empty();
    }
    int version = text.indexOf(HISTORY);
    String plain = version < 0 ? text : text.substring(0, version);
    boolean absolute = plain.indexOf(':') > 0;
    int slash = plain.lastIndexOf('/');
    String id = plain.substring(slash + 1);
    String before = slash < 0 ? "" : plain.substring(0, slash);
    String type = before.substring(before.lastIndexOf('/') + 1);
    boolean known = isType(type) && isId(id);
    if (absolute) {
      return Optional.of(new Target(plain, known ? type : "", known ? id : ""));
    }
    return known && before.equals(type)
        ? Optional.of(new Target("", type, id))
        : Optional.of(new Target(plain, "", ""));
  }

  private static boolean isType(String text) {
    return !text.isEmpty()
        && Character.isUpperCase(text.charAt(0))
        && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
  }

  /** Whether a text can be the logical id of a resource. */
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_ID
        && text.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || c == '-'
                        || c == '.');
  }
}
