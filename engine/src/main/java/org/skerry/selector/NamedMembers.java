package org.skerry.selector;

import java.util.HashSet;
import java.util.Set;
import org.skerry.selector.Condition.AllOf;
import org.skerry.selector.Condition.AnyOf;
import org.skerry.selector.Condition.AtPath;
import org.skerry.selector.Condition.Not;

/**
 * Which members of a document a condition looks at.
 *
 * @param names theirs
 * @param all whether it looks at the document as a whole, as {@code {"$and": [{}]}} does
 */
record NamedMembers(Set<String> names, boolean all) {
  static NamedMembers of(Condition condition) {
    Set<String> names = new HashSet<>();
    boolean all = collect(condition, names);
    return all ? new NamedMembers(Set.of(), true) : new NamedMembers(Set.copyOf(names), false);
  }

  boolean has(String name) {
    return all || names.contains(name);
  }

  /** Returns whether all members matter. */
  private static boolean collect(Condition condition, Set<String> names) {
    return switch (condition) {
      case AllOf(var parts) -> collectEach(parts, names);
      case AnyOf(var parts) -> collectEach(parts, names);
      case Not(Condition part) -> collect(part, names);
      case AtPath(FieldPath path, Condition _) -> {
        names.add(path.head());
        yield false;
      }
      case Condition.Anything _ -> false;
      case ValueTest _, ContentTest _ -> true;
    };
  }

  private static boolean collectEach(Iterable<Condition> parts, Set<String> names) {
    boolean all = false;
    for (Condition part : parts) {
      all |= collect(part, names);
    }
    return all;
  }
}
