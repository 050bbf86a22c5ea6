package org.skerry.selector;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import org.skerry.collation.JsonOrder;
import org.skerry.selector.Condition.AllOf;
import org.skerry.selector.Condition.AnyOf;
import org.skerry.selector.Condition.AtPath;
import org.skerry.selector.Condition.Not;
import org.skerry.selector.ContentTest.AnyElement;
import org.skerry.selector.ContentTest.AnyName;
import org.skerry.selector.ContentTest.EveryElement;
import org.skerry.selector.ContentTest.HasAll;
import org.skerry.selector.ContentTest.HasSize;
import org.skerry.selector.ValueTest.BeginsWith;
import org.skerry.selector.ValueTest.Comparison;
import org.skerry.selector.ValueTest.Exists;
import org.skerry.selector.ValueTest.Matches;
import org.skerry.selector.ValueTest.Modulo;
import org.skerry.selector.ValueTest.NoneOf;
import org.skerry.selector.ValueTest.OfType;
import org.skerry.selector.ValueTest.OneOf;
import tools.jackson.databind.JsonNode;

/**
 * Turns a selector's JSON into a {@link Condition}, as CouchDB's {@code mango_selector:normalize}
 * does:
 *
 * <ol>
 *   <li>what is no operator is a condition on a member, a plain value means equality, several
 *       members in one object mean all of them;
 *   <li>the names of nested members are joined with dots, through {@code $and, $or, $nor, $not},
 *       down to the operators that look at values;
 *   <li>negations are {@linkplain Negation moved} to the leaves.
 * </ol>
 */
final class SelectorCompiler {
  private SelectorCompiler() {}

  static Condition compile(JsonNode selector) {
    if (selector.isEmpty()) {
      return new Condition.Anything();
    }
    Condition condition = Negation.settle(condition(selector, Place.ROOT));
    boolean bare =
        switch (condition) {
          case Not _, ValueTest _, ContentTest _, Condition.Anything _ -> true;
          case AllOf _, AnyOf _, AtPath _ -> false;
        };
    if (bare) {
      throw new InvalidSelectorException(
          "invalid_selector", "One or more conditions is missing a field name.", "");
    }
    return condition;
  }

  private static Condition condition(JsonNode json, Place place) {
    if (!json.isObject() || json.isEmpty()) {
      return at(place, new Comparison(Relation.EQUAL, json, place.order()));
    }
    List<Condition> parts = new ArrayList<>(json.size());
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      parts.add(member(member.getKey(), member.getValue(), place));
    }
    return parts.size() == 1 ? parts.getFirst() : new AllOf(List.copyOf(parts));
  }

  private static Condition member(String name, JsonNode value, Place place) {
    return name.startsWith("$")
        ? operator(new Operator(name, value, place.at(name)), place)
        : condition(value, place.member(name));
  }

  private static Condition at(Place place, Condition test) {
    return place.field().isEmpty()
        ? test
        : new AtPath(FieldPath.parse(place.field(), place.pointer()), test);
  }

  private static Condition operator(Operator operator, Place place) {
    return switch (operator.name()) {
      case "$and" -> new AllOf(operator.conditions(place, Function.identity()));
      case "$or" -> new AnyOf(operator.conditions(place, Function.identity()));
      case "$nor" -> new AllOf(operator.conditions(place, Not::new));
      case "$not" -> new Not(condition(operator.object(), place.at("$not")));
      default -> at(place, test(operator, place));
    };
  }

  private static Condition test(Operator operator, Place place) {
    JsonNode argument = operator.argument();
    return switch (operator.name()) {
      case "$lt" -> new Comparison(Relation.LESS, argument, place.order());
      case "$lte" -> new Comparison(Relation.AT_MOST, argument, place.order());
      case "$eq" -> new Comparison(Relation.EQUAL, argument, place.order());
      case "$ne" -> new Comparison(Relation.NOT_EQUAL, argument, place.order());
      case "$gte" -> new Comparison(Relation.AT_LEAST, argument, place.order());
      case "$gt" -> new Comparison(Relation.GREATER, argument, place.order());
      case "$in" -> new OneOf(new ValueSet(operator.array(), place.order()));
      case "$nin" -> new NoneOf(new ValueSet(operator.array(), place.order()));
      case "$exists" -> new Exists(operator.bool());
      case "$type" -> new OfType(operator.text());
      case "$mod" -> operator.modulo();
      case "$regex" -> operator.regex();
      case "$beginsWith" -> operator.beginsWith();
      case "$all" -> new HasAll(List.copyOf(operator.array().valueStream().toList()));
      case "$size" -> operator.size();
      case "$elemMatch" -> new AnyElement(inner(operator, place));
      case "$allMatch" -> new EveryElement(inner(operator, place));
      case "$keyMapMatch" -> new AnyName(inner(operator, place));
      case "$text", "$where", "$geoWithin", "$geoIntersects", "$near", "$nearSphere" ->
          throw operator.refused("not_supported", "Unsupported operator: " + operator.name());
      default -> throw operator.unknown();
    };
  }

  /** The condition inside {@code $elemMatch} and its kin: its paths begin anew at the element. */
  private static Condition inner(Operator operator, Place place) {
    return condition(operator.object(), place.inside(operator.name()));
  }

  /**
   * Where in a selector the compiler is.
   *
   * @param field the member that conditions here are about, its names joined with dots; empty for
   *     the whole value
   * @param raw whether values are compared raw, because {@code _id} leads here
   * @param pointer the place in the selector's own JSON
   */
  private record Place(String field, boolean raw, String pointer) {
    static final Place ROOT = new Place("", false, "");

    Place member(String name) {
      return new Place(field.isEmpty() ? name : field + "." + name, raw, pointerTo(name));
    }

    Place at(String name) {
      return new Place(field, raw, pointerTo(name));
    }

    Place inside(String name) {
      return new Place("", order() == JsonOrder.RAW, pointerTo(name));
    }

    JsonOrder order() {
      return raw || field.equals("_id") ? JsonOrder.RAW : JsonOrder.UNICODE;
    }

    private String pointerTo(String name) {
      return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
  }

  /** An operator with its argument, and what arguments it may be asked for. */
  private record Operator(String name, JsonNode argument, Place place) {
    List<Condition> conditions(Place outer, Function<Condition, Condition> each) {
      Place list = outer.at(name);
      int[] next = {0};
      return array()
          .valueStream()
          .map(json -> each.apply(condition(json, list.at(Integer.toString(next[0]++)))))
          .toList();
    }

    JsonNode array() {
      return require(argument.isArray());
    }

    JsonNode object() {
      return require(argument.isObject());
    }

    boolean bool() {
      return require(argument.isBoolean()).booleanValue();
    }

    String text() {
      return require(argument.isString()).stringValue();
    }

    Condition size() {
      require(argument.isIntegralNumber() && argument.bigIntegerValue().signum() >= 0);
      return new HasSize(argument.canConvertToInt() ? argument.intValue() : Integer.MAX_VALUE);
    }

    Condition modulo() {
      require(argument.isArray() && argument.size() == 2);
      JsonNode divisor = argument.get(0);
      JsonNode remainder = argument.get(1);
      require(divisor.isIntegralNumber() && remainder.isIntegralNumber());
      BigInteger by = divisor.bigIntegerValue();
      require(by.signum() != 0);
      return new Modulo(by, remainder.bigIntegerValue());
    }

    Condition beginsWith() {
      if (!argument.isString()) {
        // CouchDB's choice of words: with another argument, it does not know the operator.
        throw unknown();
      }
      return new BeginsWith(argument.stringValue());
    }

    Condition regex() {
      try {
        return new Matches(Regex.compile(text()));
      } catch (PatternSyntaxException e) {
        throw badArgument();
      }
    }

    private JsonNode require(boolean good) {
      if (!good) {
        throw badArgument();
      }
      return argument;
    }

    private InvalidSelectorException badArgument() {
      return refused("bad_arg", "Bad argument for operator " + name + ": " + argument);
    }

    InvalidSelectorException unknown() {
      return refused("invalid_operator", "Invalid operator: " + name);
    }

    InvalidSelectorException refused(String error, String reason) {
      return new InvalidSelectorException(error, reason, place.pointer());
    }
  }
}
