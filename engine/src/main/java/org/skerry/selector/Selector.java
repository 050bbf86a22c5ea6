package org.skerry.selector;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A compiled Mango selector. The package's story says what it means. */
public final class Selector {
  private final JsonNode source;
  private final Condition condition;
  private final NamedMembers members;

  private Selector(JsonNode source, Condition condition) {
    this.source = source;
    this.condition = condition;
    this.members = NamedMembers.of(condition);
  }

  /**
   * Compiles a selector. The JSON is copied.
   *
   * @throws InvalidSelectorException when it is none
   */
  public static Selector parse(JsonNode json) {
    if (!json.isObject()) {
      throw new InvalidSelectorException(
          "invalid_selector_json", "Selector must be a JSON object, not: " + json, "");
    }
    SelectorBounds.check(json);
    JsonNode source = json.deepCopy();
    return new Selector(source, SelectorCompiler.compile(source));
  }

  /**
   * Whether a stored revision matches; its underscore members are seen as a reader of the document
   * sees them.
   */
  public boolean matches(Candidate candidate) {
    return condition instanceof Condition.Anything
        || condition.test(DocumentMembers.read(candidate, members));
  }

  /** Whether a document, given with its underscore members, matches. */
  public boolean matches(JsonNode document) {
    return condition.test(document);
  }

  /**
   * The names of the members that matter, at the top of a document; empty also when all of them do.
   */
  public Set<String> members() {
    return members.names();
  }

  /** The selector as it was written. */
  @Override
  public String toString() {
    return source.toString();
  }
}
