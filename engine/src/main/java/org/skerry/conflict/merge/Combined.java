package org.skerry.conflict.merge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values that are made of all sides' values. Nothing is made of what has another form. */
final class Combined {
  /** Longer sums are no counts, and would be slow to write out. */
  private static final int LONGEST = 300;

  private static final Json.Items EMPTY = new Json.Items(List.of());

  private Combined() {}

  /**
   * What the ancestor has and nobody removed, in its order; then what was added, sorted by how it
   * is written, so that the order of the sides does not matter.
   */
  static Optional<Json> set(
      Optional<Json> before, List<Optional<Json>> values, boolean beforeKnown) {
    if (values.stream().distinct().count() == 1) {
      return values.getFirst();
    }
    Optional<Set<Json>> old = elements(before);
    List<Set<Json>> sides = new ArrayList<>();
    values.forEach(value -> elements(value).ifPresent(sides::add));
    if (old.isEmpty() || sides.size() < values.size() || !beforeKnown) {
      return Optional.empty();
    }
    List<Json> result = new ArrayList<>();
    for (Json element : old.get()) {
      if (sides.stream().allMatch(side -> side.contains(element))) {
        result.add(element);
      }
    }
    Set<Json> added = new TreeSet<>(Comparator.comparing(Combined::text));
    sides.forEach(side -> side.stream().filter(e -> !old.get().contains(e)).forEach(added::add));
    added.stream().distinct().forEach(result::add);
    return Optional.of(new Json.Items(result));
  }

  private static String text(Json value) {
    return new String(value.bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Absent is empty; nothing for what is no array. */
  private static Optional<Set<Json>> elements(Optional<Json> value) {
    return value.orElse(EMPTY) instanceof Json.Items array
        ? Optional.of(Collections.unmodifiableSet(new LinkedHashSet<>(array.items())))
        : Optional.empty();
  }

  /**
   * The ancestor's number and what each side added to it; absent is 0. Sides that added the same
   * added twice.
   */
  static Optional<Json> sum(
      Optional<Json> before, List<Optional<Json>> values, boolean beforeKnown) {
    if (values.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Optional<BigDecimal> old = number(before);
    boolean removed = before.isPresent() && values.stream().anyMatch(Optional::isEmpty);
    if (!beforeKnown || old.isEmpty() || removed) {
      return Optional.empty();
    }
    BigDecimal sum = old.get();
    for (Optional<Json> value : values) {
      Optional<BigDecimal> side = number(value);
      if (side.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.add(side.get()).subtract(old.get());
    }
    return Optional.of(new Json.Scalar(sum.toPlainString(), sum.stripTrailingZeros()));
  }

  private static Optional<BigDecimal> number(Optional<Json> value) {
    if (value.isEmpty()) {
      return Optional.of(BigDecimal.ZERO);
    }
    return value.get() instanceof Json.Scalar scalar
            && scalar.value() instanceof BigDecimal number
            && number.precision() <= LONGEST
            && Math.abs(number.scale()) <= LONGEST
        ? Optional.of(new BigDecimal(scalar.text()))
        : Optional.empty();
  }

  /**
   * The elements of an array by the step that names each. Absent is empty; nothing for what is no
   * array of objects that have these members, each once.
   */
  static Optional<Map<String, Json>> byIdentity(Optional<Json> value, Way.Identity identity) {
    if (!(value.orElse(EMPTY) instanceof Json.Items array)) {
      return Optional.empty();
    }
    Map<String, Json> found = new LinkedHashMap<>();
    for (Json element : array.items()) {
      Optional<String> key = key(element, identity);
      if (key.isEmpty() || found.put(key.get(), element) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  private static Optional<String> key(Json element, Way.Identity identity) {
    if (!(element instanceof Json.Members object)) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder("=");
    for (String name : identity.members()) {
      if (!(object.members().get(name) instanceof Json.Scalar scalar)) {
        return Optional.empty();
      }
      key.append(key.length() > 1 ? "|" : "");
      key.append(scalar.value() instanceof String text ? text.replace("|", "\\|") : scalar.text());
    }
    return Optional.of(key.toString());
  }
}
