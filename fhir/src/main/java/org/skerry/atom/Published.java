package org.skerry.atom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.store.Seq;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;

/**
 * What a feed told last of each document, and how far it has read the changes. Derived from the
 * events: an older state only makes work. One thread, under its numbering's lock.
 */
final class Published {
  private static final byte VERSION = 1;
  private static final byte STATE = 'S';
  private static final byte DOCUMENT = 'D';

  private final OrderedSpace space;
  private OrderedBatch batch = new OrderedBatch();

  Published(OrderedSpace space) {
    this.space = space;
  }

  /** What readers believe of a document. */
  enum Status {
    /** It is there, and belongs to the category. */
    LIVE,
    /** It was there, and does not match any more. */
    LEFT,
    DELETED
  }

  /**
   * What was told last of a document.
   *
   * @param rev the revision that was told
   * @param filter its filter tag, which its deletion will bear too; empty when there was none
   */
  record Told(Status status, String rev, String filter) {}

  /**
   * How far the feed is.
   *
   * @param place the last event that {@link Told} knows of
   * @param incarnation which life of the database was read
   * @param scope what of it was meant
   * @param seq up to where
   */
  record State(Place place, String incarnation, String scope, Seq seq) {
    static final State NEW = new State(Place.START, "", "", Seq.ZERO);
  }

  private static byte[] key(byte kind, byte[] rest) {
    byte[] key = new byte[rest.length + 1];
    key[0] = kind;
    System.arraycopy(rest, 0, key, 1, rest.length);
    return key;
  }

  Optional<Told> told(DocId id) {
    return space.get(key(DOCUMENT, id.utf8())).map(Published::decodeTold);
  }

  private static Told decodeTold(byte[] value) {
    String[] parts = new String(value, StandardCharsets.UTF_8).split("\n", 3);
    if (parts.length != 3) {
      throw new DamagedException("what a feed told", new IllegalStateException());
    }
    return new Told(Status.valueOf(parts[0]), parts[1], parts[2]);
  }

  /** Notes what was told; with the next {@link #write}. */
  void put(DocId id, Told told) {
    String value = told.status() + "\n" + told.rev() + "\n" + told.filter();
    batch.put(key(DOCUMENT, id.utf8()), value.getBytes(StandardCharsets.UTF_8));
  }

  State state() {
    return space.get(new byte[] {STATE}).map(Published::decodeState).orElse(State.NEW);
  }

  private static State decodeState(byte[] value) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      if (in.readByte() != VERSION) {
        throw new DamagedException("another version of a feed", new IllegalStateException());
      }
      Place place = new Place(in.readLong(), in.readInt());
      String incarnation = in.readUTF();
      String scope = text(in);
      long number = in.readLong();
      return new State(place, incarnation, scope, Seq.of(number, in.readAllBytes()));
    } catch (IOException e) {
      throw new DamagedException("a feed's state", e);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /** Notes how far it is, and writes everything since the last time at once. */
  void write(State state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(state.place().page());
      out.writeInt(state.place().position());
      out.writeUTF(state.incarnation());
      byte[] scope = state.scope().getBytes(StandardCharsets.UTF_8);
      out.writeInt(scope.length);
      out.write(scope);
      out.writeLong(state.seq().number());
      out.write(state.seq().position());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    batch.put(new byte[] {STATE}, bytes.toByteArray());
    OrderedBatch written = batch;
    batch = new OrderedBatch();
    space.write(written);
  }
}
