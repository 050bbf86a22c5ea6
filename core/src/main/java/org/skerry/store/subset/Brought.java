package org.skerry.store.subset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.skerry.revision.RevId;

/** What sites brought of a document in one turn. */
final class Brought {
  private Brought() {}

  /** The revisions that each site brought, without those which it followed itself. */
  static Map<Integer, Set<RevId>> of(Map<RevId, SubsetChanges.Written> written) {
    Map<Integer, Set<RevId>> brought = new HashMap<>(0);
    written.forEach(
        (rev, write) -> {
          int bearer = write.placement().bearer();
          if (bearer != Placement.NOBODY) {
            brought.computeIfAbsent(bearer, first -> new HashSet<>()).add(rev);
          }
        });
    brought.values().forEach(revs -> revs.removeAll(followed(revs, written)));
    return brought;
  }

  private static Set<RevId> followed(Set<RevId> revs, Map<RevId, SubsetChanges.Written> written) {
    Set<RevId> followed = new HashSet<>();
    for (RevId rev : revs) {
      SubsetChanges.Written write = written.get(rev);
      if (write != null) {
        write.parent().ifPresent(followed::add);
      }
    }
    return followed;
  }
}
