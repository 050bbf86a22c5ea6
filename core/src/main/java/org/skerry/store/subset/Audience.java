package org.skerry.store.subset;

import java.util.Arrays;
import java.util.Collection;
import org.roaringbitmap.RoaringBitmap;

/** A set of feeds: who knows a document. Compressed, without a limit; a value. */
public final class Audience {
  /** The feed that every site reads beside its own. */
  public static final int EVERYONE = 0;

  private static final RoaringBitmap NONE = new RoaringBitmap();

  /** Nobody. */
  public static final Audience NOBODY = new Audience(new int[0]);

  /** Everyone. */
  static final Audience ALL = new Audience(new int[] {EVERYONE});

  /** Most documents are for one to five sites: a bitmap for those costs more than all the rest. */
  private static final int FEW = 16;

  /** In ascending order; empty when there are more than a few. */
  private final int[] few;

  /** All of them when there are more than a few. */
  private final RoaringBitmap many;

  private Audience(int[] few) {
    this.few = few;
    this.many = NONE;
  }

  private Audience(RoaringBitmap many) {
    this.few = NOBODY.few;
    this.many = many;
  }

  /** The audience of those feeds. */
  public static Audience of(int... feeds) {
    return switch (feeds.length) {
      case 0 -> NOBODY;
      case 1 -> feeds[0] == EVERYONE ? ALL : new Audience(new int[] {feeds[0]});
      default -> of(RoaringBitmap.bitmapOf(feeds));
    };
  }

  /** The audience of those feeds. */
  public static Audience of(Collection<Integer> feeds) {
    return of(feeds.stream().mapToInt(Integer::intValue).toArray());
  }

  static Audience of(RoaringBitmap set) {
    return set.getCardinality() <= FEW ? new Audience(set.toArray()) : new Audience(set);
  }

  private boolean isFew() {
    return many.isEmpty();
  }

  RoaringBitmap bitmap() {
    return isFew() ? RoaringBitmap.bitmapOf(few) : many;
  }

  /** Whether a feed is in it. */
  public boolean contains(int feed) {
    return isFew() ? Arrays.binarySearch(few, feed) >= 0 : many.contains(feed);
  }

  public boolean isEmpty() {
    return isFew() && few.length == 0;
  }

  /** How many feeds. */
  public int size() {
    return isFew() ? few.length : many.getCardinality();
  }

  /** The feeds in ascending order. Shared: do not change. */
  public int[] feeds() {
    return isFew() ? few : many.toArray();
  }

  /** Both together. */
  public Audience and(Audience other) {
    if (isEmpty() || other.isEmpty() || equals(other)) {
      return isEmpty() ? other : this;
    }
    return of(RoaringBitmap.or(bitmap(), other.bitmap()));
  }

  /** Those who are in this one and not in the other. */
  public Audience without(Audience other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    return equals(other) ? NOBODY : of(RoaringBitmap.andNot(bitmap(), other.bitmap()));
  }

  /** What is kept of it: where everyone is meant, nobody is named. */
  Audience settled() {
    return size() > 1 && contains(EVERYONE) ? ALL : this;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Audience other
        && Arrays.equals(few, other.few)
        && many.equals(other.many);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(few) * 31 + many.hashCode();
  }

  @Override
  public String toString() {
    return bitmap().toString();
  }
}
