package org.skerry.revision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A document's whole history as nobody knows it, made by chance: revisions with one parent, some
 * with two, some without; own and foreign hashes; tombstones. What replicas know of it are
 * branches, cut off somewhere.
 */
final class Histories {
  /** A part of the history that somebody learns at once. */
  record Branch(RevPath path, boolean tombstone) {}

  private final RandomGenerator random;
  private final Map<RevId, List<RevId>> parents = new TreeMap<>();
  private final Set<RevId> tombstones = new TreeSet<>();

  Histories(RandomGenerator random) {
    this.random = random;
    int depth = 1 + random.nextInt(12);
    List<RevId> above = List.of();
    for (int generation = 1; generation <= depth; generation++) {
      List<RevId> here = new ArrayList<>();
      int width = 1 + random.nextInt(3);
      for (int i = 0; i < width; i++) {
        RevId rev = rev(generation);
        here.add(rev);
        parents.putIfAbsent(rev, parentsFrom(above));
        if (random.nextInt(6) == 0) {
          tombstones.add(rev);
        }
      }
      above = here;
    }
  }

  private List<RevId> parentsFrom(List<RevId> above) {
    if (above.isEmpty() || random.nextInt(15) == 0) {
      return List.of();
    }
    RevId one = above.get(random.nextInt(above.size()));
    RevId other = above.get(random.nextInt(above.size()));
    boolean both = random.nextInt(6) == 0 && !one.equals(other);
    return both ? List.of(one, other) : List.of(one);
  }

  private RevId rev(int generation) {
    return switch (random.nextInt(4)) {
      case 0 -> RevId.of(generation, "f" + random.nextInt(3));
      case 1 -> RevId.of(generation, "é".repeat(1 + random.nextInt(3)));
      default -> {
        byte[] hash = new byte[16];
        random.nextBytes(hash);
        // Neighbours that differ in one bit only, and bytes above 127, are where orders go wrong.
        yield RevId.of(generation, random.nextInt(4) == 0 ? filled(hash[0]) : hash);
      }
    };
  }

  private static byte[] filled(byte last) {
    byte[] hash = new byte[16];
    Arrays.fill(hash, (byte) 0x80);
    hash[15] = (byte) (last & 0x81);
    return hash;
  }

  /** Every revision there is, oldest first. */
  List<RevId> revisions() {
    return List.copyOf(parents.keySet());
  }

  /** A branch from any revision, back as far as chance has it. */
  Branch branch() {
    List<RevId> all = revisions();
    return branch(all.get(random.nextInt(all.size())), 1 + random.nextInt(15));
  }

  Branch branch(RevId from, int length) {
    List<RevId> path = new ArrayList<>(List.of(from));
    List<RevId> next = parents.get(from);
    while (path.size() < length && !next.isEmpty()) {
      path.add(next.get(random.nextInt(next.size())));
      next = parents.get(path.getLast());
    }
    return new Branch(new RevPath(path), tombstones.contains(from));
  }

  List<Branch> branches(int count) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(branch());
    }
    return branches;
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }

  static RevTree merged(List<Branch> branches) {
    RevTree tree = RevTree.empty();
    for (Branch branch : branches) {
      tree = tree.merge(branch.path(), branch.tombstone()).tree();
    }
    return tree;
  }

  /** A tree of a random part of a random history. */
  static RevTree anyTree(RandomGenerator random) {
    return merged(new Histories(random).branches(random.nextInt(12)));
  }
}
