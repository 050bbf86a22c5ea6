package org.skerry.fingerprint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out in what two sides differ. Used once, by one thread.
 *
 * <ol>
 *   <li>Both are asked for the fingerprint of everything: when they are equal, that was all.
 *   <li>Ranges that differ are listed when they are small, and parted into sixteen otherwise; the
 *       parts of all of them are asked for together, level by level.
 * </ol>
 *
 * <p>So d differences among n documents cost about 16 · d · log16 n fingerprints, in log16 n
 * exchanges.
 */
public final class Comparison {
  /** Up to here listing costs less than asking for parts. */
  private static final int SMALL = 16;

  private final Side here;
  private final Side there;
  private final int most;
  private final List<Difference> differences = new ArrayList<>();
  private long asked;
  private boolean complete = true;

  /**
   * @param most so many differences are enough
   */
  public Comparison(Side here, Side there, int most) {
    this.here = here;
    this.there = there;
    this.most = most;
  }

  /**
   * @param complete whether these are all differences
   * @param asked of how many ranges the fingerprints were asked for
   */
  public record Result(List<Difference> differences, boolean complete, long asked) {
    public Result {
      differences = List.copyOf(differences);
    }

    /** Whether both sides hold the same. */
    public boolean equal() {
      return differences.isEmpty();
    }
  }

  /** Compares. */
  public Result run() throws IOException {
    List<PlaceRange> open = differing(List.of(PlaceRange.ALL));
    while (!open.isEmpty()) {
      List<PlaceRange> parts = new ArrayList<>();
      for (PlaceRange range : open) {
        parts.addAll(range.parts());
      }
      open = differing(parts);
    }
    return new Result(differences, complete, asked);
  }

  /** Those of the ranges that differ and were too large to be listed. */
  private List<PlaceRange> differing(List<PlaceRange> ranges) throws IOException {
    List<PlaceRange> open = new ArrayList<>();
    for (int from = 0; from < ranges.size(); from += Side.MOST_RANGES) {
      List<PlaceRange> some =
          ranges.subList(from, Math.min(ranges.size(), from + Side.MOST_RANGES));
      List<Fingerprint> mine = here.fingerprints(some);
      List<Fingerprint> theirs = there.fingerprints(some);
      asked += some.size();
      for (int i = 0; i < some.size(); i++) {
        if (differences.size() >= most) {
          complete = false;
          return List.of();
        }
        if (!mine.get(i).equals(theirs.get(i))) {
          boolean small = Math.max(mine.get(i).count(), theirs.get(i).count()) <= SMALL;
          if (small || some.get(i).parts().isEmpty()) {
            list(some.get(i));
          } else {
            open.add(some.get(i));
          }
        }
      }
    }
    return open;
  }

  private void list(PlaceRange range) throws IOException {
    Map<String, List<String>> mine = byId(here.list(range));
    Map<String, List<String>> theirs = byId(there.list(range));
    TreeSet<String> ids = new TreeSet<>(mine.keySet());
    ids.addAll(theirs.keySet());
    for (String id : ids) {
      List<String> one = mine.getOrDefault(id, List.of());
      List<String> other = theirs.getOrDefault(id, List.of());
      if (!one.equals(other)) {
        differences.add(new Difference(id, one, other));
      }
    }
  }

  private static Map<String, List<String>> byId(List<Entry> entries) {
    Map<String, List<String>> byId = new TreeMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry.leaves()));
    return byId;
  }
}
