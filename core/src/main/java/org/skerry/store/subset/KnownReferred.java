package org.skerry.store.subset;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Some of the documents to which others refer, as they stand on the disk. Who saves what a patient
 * gets, one document after the other, refers to the same patient each time: whether that is noted
 * under {@code r}, and where the patient goes, need not be asked of the store again.
 *
 * <p>One turn at a time changes it, once what it says is durable; it may be emptied by any thread.
 */
final class KnownReferred {
  /** As many as are in work at once. When there are more it begins anew. */
  static final int LIMIT = 512;

  /** Scopes with more labels, feeds, leaves and echoes than this are read each time. */
  static final int FEW = 16;

  /** By the document's id; {@link Scope#NONE} where the scope has to be read. */
  private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

  /** Whether it is noted that some document refers to this one. */
  boolean contains(String id) {
    return scopes.containsKey(id);
  }

  /** The scope of a document, or null when it is not known here. */
  @Nullable Scope scope(String id) {
    Scope known = scopes.get(id);
    return known == null || known.isEmpty() ? null : known;
  }

  /** A document is referred to, and that is its scope. */
  void note(String id, Scope scope) {
    if (scopes.size() >= LIMIT && !scopes.containsKey(id)) {
      scopes.clear();
    }
    scopes.put(id, isSmall(scope) ? scope : Scope.NONE);
  }

  private static boolean isSmall(Scope scope) {
    int size =
        scope.united().labels().size()
            + ofLeaves(scope)
            + scope.audience().size()
            + scope.granted().size()
            + scope.stays().size()
            + echoed(scope);
    return size <= FEW;
  }

  /** Those of a deleted leaf beside a live one are not among the united ones. */
  private static int ofLeaves(Scope scope) {
    int size = 0;
    for (Placement placement : scope.leaves().values()) {
      size += 1 + placement.labels().size();
    }
    return size;
  }

  /** The revisions in its echoes: a purge may leave a hundred ancestors in each. */
  private static int echoed(Scope scope) {
    int size = 0;
    for (Stay stay : scope.stays()) {
      for (Echo echo : stay.echoes()) {
        size += 1 + echo.ancestors().size();
      }
    }
    return size;
  }

  void clear() {
    scopes.clear();
  }
}
