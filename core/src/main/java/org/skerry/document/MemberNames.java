package org.skerry.document;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of all objects that are open at a time, to find one that comes twice.
 * Names are compared where they stand, as bytes, while an object has few and none of them has an
 * escape; then as texts in a set, so that an object of a million members costs what its members
 * cost.
 */
final class MemberNames {
  /** More are not compared one with each other. */
  private static final int FEW = 24;

  private final byte[] in;
  private int[] hashes = new int[32];
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;

  /** Of each open object, where its names begin. */
  private int[] bases = new int[8];

  /** Of each open object, its names as texts, when it has them. */
  @Nullable Set<String>[] texts = sets(8);

  private int depth;

  MemberNames(byte[] in) {
    this.in = in;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
  private static @Nullable Set<String>[] sets(int length) {
    return new Set[length];
  }

  void enter() {
    if (depth == bases.length) {
      bases = Arrays.copyOf(bases, 2 * depth);
      texts = Arrays.copyOf(texts, 2 * depth);
    }
    bases[depth++] = count;
  }

  void leave() {
    depth--;
    count = bases[depth];
    texts[depth] = null;
  }

  /**
   * Adds a name to the object that was entered last; returns false when it has it already.
   *
   * @param escaped whether it is spelled with escapes
   */
  boolean add(int from, int to, boolean escaped) {
    int base = bases[depth - 1];
    Set<String> set = texts[depth - 1];
    if (set != null || escaped || count - base == FEW) {
      return (set == null ? asTexts(base) : set).add(JsonText.decode(in, from, to));
    }
    int hash = hash(from, to);
    for (int i = base; i < count; i++) {
      if (hashes[i] == hash && Arrays.equals(in, starts[i], ends[i], in, from, to)) {
        return false;
      }
    }
    push(hash, from, to);
    return true;
  }

  private int hash(int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + in[i];
    }
    return hash;
  }

  private void push(int hash, int from, int to) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    hashes[count] = hash;
    starts[count] = from;
    ends[count++] = to;
  }

  private Set<String> asTexts(int base) {
    Set<String> set = new HashSet<>();
    for (int i = base; i < count; i++) {
      set.add(JsonText.decode(in, starts[i], ends[i]));
    }
    texts[depth - 1] = set;
    return set;
  }
}
