package org.skerry.conflict.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The place of a member: a JSON pointer (RFC 6901). Elements of arrays that are matched by identity
 * stand in it as {@code =} and the values of their identity, parted by bars: {@code
 * /telecom/=phone/value}.
 */
public record Pointer(List<String> steps) {
  /** The whole document. */
  public static final Pointer ROOT = new Pointer(List.of());

  public Pointer {
    steps = List.copyOf(steps);
  }

  /** Reads a pointer; nothing when it is none. */
  public static Optional<Pointer> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(ROOT);
    }
    if (text.charAt(0) != '/') {
      return Optional.empty();
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return Optional.of(new Pointer(steps));
  }

  Pointer child(String step) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return new Pointer(more);
  }

  /** What stands there in a document, with numbers as steps into arrays. */
  public Optional<Json> find(Json document) {
    Optional<Json> at = Optional.of(document);
    for (String step : steps) {
      at = at.flatMap(value -> step(value, step));
    }
    return at;
  }

  private static Optional<Json> step(Json value, String step) {
    return switch (value) {
      case Json.Members object -> Optional.ofNullable(object.members().get(step));
      case Json.Items array -> element(array.items(), step);
      case Json.Scalar scalar -> Optional.empty();
    };
  }

  private static Optional<Json> element(List<Json> items, String step) {
    boolean number = step.matches("0|[1-9][0-9]{0,8}");
    int index = number ? Integer.parseInt(step) : items.size();
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String step : steps) {
      text.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
