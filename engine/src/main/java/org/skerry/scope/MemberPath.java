package org.skerry.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The place of a member, as a JSON pointer (RFC 6901). Arrays on the way are passed through: the
 * rest of the path is looked for in each of their elements. A number means one of them.
 */
record MemberPath(List<String> steps) {
  private static final Pattern WRONG_ESCAPE = Pattern.compile("~(?![01])");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** Reads a pointer; nothing when it is none, or means the whole document. */
  static Optional<MemberPath> parse(String text) {
    return WRONG_ESCAPE.matcher(text).find() ? Optional.empty() : ofStored(text);
  }

  /** The same of rules that are kept: a tilde was taken for itself once. */
  static Optional<MemberPath> ofStored(String text) {
    if (!text.startsWith("/") || text.length() == 1) {
      return Optional.empty();
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return Optional.of(new MemberPath(List.copyOf(steps)));
  }

  /** The document's member in which the path begins. */
  String head() {
    return steps.getFirst();
  }

  /** Visits every value at the end of the path; elements of arrays one by one. */
  void visit(JsonNode document, Consumer<JsonNode> found) {
    visit(document, 0, found);
  }

  private void visit(JsonNode at, int step, Consumer<JsonNode> found) {
    if (at.isArray()) {
      visitAll(at, step, found);
      element(at, step).ifPresent(element -> visit(element, step + 1, found));
    } else if (step == steps.size()) {
      found.accept(at);
    } else if (at.isObject()) {
      JsonNode next = at.get(steps.get(step));
      if (next != null) {
        visit(next, step + 1, found);
      }
    }
  }

  /**
   * Of arrays within arrays a number means an element of the outermost: were it one of each, deeply
   * nested arrays would be visited as often as they are deep.
   */
  private void visitAll(JsonNode array, int step, Consumer<JsonNode> found) {
    for (JsonNode element : array) {
      if (element.isArray()) {
        visitAll(element, step, found);
      } else {
        visit(element, step, found);
      }
    }
  }

  private Optional<JsonNode> element(JsonNode array, int step) {
    return steps.stream()
        .skip(step)
        .findFirst()
        .filter(index -> INDEX.matcher(index).matches())
        .map(index -> array.get(Integer.parseInt(index)));
  }
}
