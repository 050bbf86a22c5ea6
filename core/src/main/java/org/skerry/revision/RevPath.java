package org.skerry.revision;

import java.util.List;

/**
 * One branch of a tree, newest revision first, each followed by its parent: what {@code _revisions}
 * carries between replicas.
 *
 * @param revisions at least one; generations fall by exactly one
 */
public record RevPath(List<RevId> revisions) {
  /** The longest path accepted: CouchDB's default {@code _revs_limit} tenfold. */
  public static final int MAX_LENGTH = 10_000;

  public RevPath {
    revisions = List.copyOf(revisions);
    if (revisions.isEmpty() || revisions.size() > MAX_LENGTH) {
      throw new IllegalArgumentException("a path has 1 to " + MAX_LENGTH + " revisions");
    }
    for (int i = 1; i < revisions.size(); i++) {
      if (revisions.get(i).generation() != revisions.get(i - 1).generation() - 1) {
        throw new IllegalArgumentException(
            "generations of a path fall by one: " + revisions.get(i - 1) + ", " + revisions.get(i));
      }
    }
  }

  /** A path of one revision whose ancestors are unknown or do not exist. */
  public static RevPath of(RevId only) {
    return new RevPath(List.of(only));
  }

  /** A path of a revision and its parent. */
  public static RevPath of(RevId newest, RevId parent) {
    return new RevPath(List.of(newest, parent));
  }

  /**
   * Reads the members of {@code _revisions}.
   *
   * @param start the newest revision's generation
   * @param hashes newest first
   * @throws InvalidRevIdException when a generation or a hash is out of bounds
   */
  public static RevPath of(int start, List<String> hashes) {
    RevId[] path = new RevId[hashes.size()];
    for (int i = 0; i < path.length; i++) {
      path[i] = RevId.of(start - i, hashes.get(i));
    }
    return new RevPath(List.of(path));
  }

  /** The branch's newest revision. */
  public RevId newest() {
    return revisions.getFirst();
  }

  /** The oldest ancestor that is still known. */
  public RevId oldest() {
    return revisions.getLast();
  }

  /** The path's newest revisions, at most {@code limit} of them. */
  public RevPath truncate(int limit) {
    return limit >= revisions.size() ? this : new RevPath(revisions.subList(0, limit));
  }
}
