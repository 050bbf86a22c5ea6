package org.skerry.store.subset;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.PrimitiveIterator;
import org.roaringbitmap.RoaringBitmap;

/** A set of feeds: who knows a document. Compressed, without a limit; a value. */
public final class Audience {
  /** Nobody. */
  public static final Audience NOBODY = new Audience(new RoaringBitmap());

  /** The feed that every site reads beside its own. */
  public static final int EVERYONE = 0;

  private final RoaringBitmap feeds;

  private Audience(RoaringBitmap feeds) {
    this.feeds = feeds;
  }

  /** The audience of those feeds. */
  public static Audience of(int... feeds) {
    return feeds.length == 0 ? NOBODY : new Audience(RoaringBitmap.bitmapOf(feeds));
  }

  /** The audience of those feeds. */
  public static Audience of(Collection<Integer> feeds) {
    RoaringBitmap set = new RoaringBitmap();
    feeds.forEach(set::add);
    return set.isEmpty() ? NOBODY : new Audience(set);
  }

  /** Whether a feed is in it. */
  public boolean contains(int feed) {
    return feeds.contains(feed);
  }

  public boolean isEmpty() {
    return feeds.isEmpty();
  }

  /** How many feeds. */
  public int size() {
    return feeds.getCardinality();
  }

  /** The feeds in ascending order. */
  public PrimitiveIterator.OfInt iterator() {
    return feeds.stream().iterator();
  }

  /** Both together. */
  public Audience and(Audience other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Audience(RoaringBitmap.or(feeds, other.feeds));
  }

  /** Those who are in this one and not in the other. */
  public Audience without(Audience other) {
    return new Audience(RoaringBitmap.andNot(feeds, other.feeds));
  }

  /** What is kept of it: where everyone is meant, nobody is named. */
  Audience settled() {
    return contains(EVERYONE) && size() > 1 ? of(EVERYONE) : this;
  }

  void write(DataOutputStream out) throws IOException {
    feeds.serialize(out);
  }

  static Audience read(DataInput in) throws IOException {
    RoaringBitmap set = new RoaringBitmap();
    set.deserialize(in);
    return new Audience(set);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Audience other && feeds.equals(other.feeds);
  }

  @Override
  public int hashCode() {
    return feeds.hashCode();
  }

  @Override
  public String toString() {
    return feeds.toString();
  }
}
