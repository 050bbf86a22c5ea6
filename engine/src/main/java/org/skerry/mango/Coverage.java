package org.skerry.mango;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an index knows against what a query wants to know.
 *
 * @param known the paths whose values the index has; empty for the special one
 * @param shown what the answer shows; empty for all
 * @param tested what the selector looks at
 */
record Coverage(Set<String> known, List<String> shown, Set<String> tested) {
  static Coverage of(MangoIndex index, FindRequest request) {
    Set<String> known =
        switch (index) {
          case MangoIndex.AllDocs _ -> Set.of();
          case MangoIndex.Json json -> withId(json.columns());
        };
    return new Coverage(known, request.fields(), request.normal().fields());
  }

  private static Set<String> withId(List<String> columns) {
    Set<String> known = new HashSet<>(columns);
    known.add("_id");
    return known;
  }

  /** Whether it knows what the answer shows. */
  boolean coversShown() {
    return !shown.isEmpty() && known.containsAll(shown);
  }

  /** Whether it knows all that matters. */
  boolean covers() {
    return coversShown() && known.containsAll(tested);
  }
}
