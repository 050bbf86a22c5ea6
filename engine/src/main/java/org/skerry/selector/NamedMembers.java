package org.skerry.selector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * @param inBody those of the names that a body may have
 */
record NamedMembers(Set<String> names, boolean all, List<BodyMembers.Wanted> inBody) {
  static NamedMembers of(Condition condition) {
    Set<String> names = new HashSet<>();
    boolean all = collect(condition, names);
    return all
        ? new NamedMembers(Set.of(), true, List.of())
        : new NamedMembers(Set.copyOf(names), false, inBody(names));
  }

  private static List<BodyMembers.Wanted> inBody(Set<String> names) {
    List<BodyMembers.Wanted> wanted = new ArrayList<>(names.size());
    for (String name : names) {
      if (!name.startsWith("_")) {
        wanted.add(BodyMembers.Wanted.of(name));
      }
    }
    return wanted;
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
