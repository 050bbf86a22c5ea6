package org.skerry.selector;

import java.util.List;
import org.skerry.selector.Condition.AllOf;
import org.skerry.selector.Condition.AnyOf;
import org.skerry.selector.Condition.AtPath;
import org.skerry.selector.Condition.Not;
import org.skerry.selector.ValueTest.Comparison;
import org.skerry.selector.ValueTest.Exists;
import org.skerry.selector.ValueTest.NoneOf;
import org.skerry.selector.ValueTest.OneOf;

/**
 * Moves negations to the leaves, by De Morgan's laws. This is no optimisation but part of the
 * meaning: the negation ends up below the path, and a condition on a missing member is false either
 * way. It does not go into {@link ContentTest}s.
 */
final class Negation {
  private Negation() {}

  /** The condition with its negations moved down. */
  static Condition settle(Condition condition) {
    return switch (condition) {
      case Not(Condition part) -> negate(part);
      case AllOf(List<Condition> parts) -> new AllOf(parts.stream().map(Negation::settle).toList());
      case AnyOf(List<Condition> parts) -> new AnyOf(parts.stream().map(Negation::settle).toList());
      case AtPath _, ValueTest _, ContentTest _, Condition.Anything _ -> condition;
    };
  }

  private static Condition negate(Condition condition) {
    return switch (condition) {
      case Not(Condition part) -> settle(part);
      case AllOf(List<Condition> parts) -> new AnyOf(parts.stream().map(Negation::negate).toList());
      case AnyOf(List<Condition> parts) -> new AllOf(parts.stream().map(Negation::negate).toList());
      case AtPath(FieldPath path, Condition part) -> new AtPath(path, negate(part));
      case ValueTest test -> negate(test);
      case ContentTest _, Condition.Anything _ -> new Not(condition);
    };
  }

  private static Condition negate(ValueTest test) {
    return switch (test) {
      case Comparison(var relation, var with, var order) ->
          new Comparison(relation.opposite(), with, order);
      case OneOf(ValueSet values) -> new NoneOf(values);
      case NoneOf(ValueSet values) -> new OneOf(values);
      case Exists(boolean wanted) -> new Exists(!wanted);
      case ValueTest.OfType _, ValueTest.BeginsWith _, ValueTest.Matches _, ValueTest.Modulo _ ->
          new Not(test);
    };
  }
}
