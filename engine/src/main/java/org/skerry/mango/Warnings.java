package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an answer says about how it came to be; the texts are CouchDB's. */
final class Warnings {
  static final String NAME_ONE = "You must specify an index with the `use_index` parameter.";

  private static final String NO_INDEX =
      "No matching index found, create an index to optimize query time.";
  private static final String MANY_EXAMINED =
      "The number of documents examined is high in proportion to the number of results returned."
          + " Consider adding a more specific index to improve this.";

  /** Documents looked at for each that was returned. */
  private static final long SCAN_THRESHOLD = 10;

  private Warnings() {}

  /** Why the index that was asked for cannot be used, where no other may be. */
  static String unsuitable(UseIndex wanted) {
    return named(wanted) + " specified by `use_index` could not be found or it is not suitable.";
  }

  /** What there is to say, a line each; nothing when there is nothing. */
  static Optional<String> of(FindRequest request, MangoIndex index, ExecutionStats stats) {
    List<String> warnings = new ArrayList<>();
    request
        .useIndex()
        .filter(wanted -> !wanted.means(index))
        .ifPresent(wanted -> warnings.add(unused(wanted)));
    if (index instanceof MangoIndex.AllDocs) {
      warnings.add(NO_INDEX);
    }
    if (stats.examined() > SCAN_THRESHOLD * Math.max(1, stats.returned())) {
      warnings.add(MANY_EXAMINED);
    }
    return warnings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", warnings));
  }

  private static String unused(UseIndex wanted) {
    return named(wanted)
        + (wanted.name().isPresent()
            ? " was not used because it is not a valid index for this query."
            : " was not used because it does not contain a valid index for this query.");
  }

  private static String named(UseIndex wanted) {
    return wanted.designId() + wanted.name().map(name -> ", " + name).orElse("");
  }
}
