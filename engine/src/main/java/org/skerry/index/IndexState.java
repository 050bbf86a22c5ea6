package org.skerry.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.skerry.collation.CollatedText;
import org.skerry.store.Seq;
import org.skerry.store.ordered.DamagedException;

/**
 * Where an index stands; kept with its rows, in one batch with every change to them.
 *
 * @param seq the position in the database's feed up to which documents are in it
 * @param purges how often the database had been purged when that was last followed
 */
record IndexState(Seq seq, long purges, List<ViewState> views) {
  private static final byte VERSION = 1;

  /** Rows that were sorted by another version of ICU's tables have to be sorted anew. */
  private static final byte[] COLLATION =
      CollatedText.version().getBytes(StandardCharsets.US_ASCII);

  /**
   * One view's tree.
   *
   * @param nextId the first id that was never given to a node
   */
  record ViewState(long nextId, Optional<Child> root) {
    static final ViewState EMPTY = new ViewState(0, Optional.empty());
  }

  IndexState {
    views = List.copyOf(views);
  }

  /** Of an index in which nothing is. */
  static IndexState empty(int views, long purges) {
    return new IndexState(Seq.ZERO, purges, Collections.nCopies(views, ViewState.EMPTY));
  }

  byte[] encode() {
    List<byte[]> roots =
        views.stream()
            .map(view -> view.root().map(Child::entry))
            .map(root -> root.orElse(new byte[0]))
            .toList();
    int length = 1 + 2 * Long.BYTES + 3 * Integer.BYTES + COLLATION.length + seq.position().length;
    for (byte[] root : roots) {
      length += Long.BYTES + Integer.BYTES + root.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(VERSION).putInt(COLLATION.length).put(COLLATION);
    out.putLong(seq.number()).putLong(purges);
    out.putInt(seq.position().length).put(seq.position()).putInt(views.size());
    for (int i = 0; i < roots.size(); i++) {
      byte[] root = roots.get(i);
      out.putLong(views.get(i).nextId()).putInt(root.length).put(root);
    }
    return out.array();
  }

  /** Reads a state of an index with that definition. */
  static IndexState decode(byte[] bytes, IndexDefinition definition) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("version " + version + ", expected " + VERSION);
      }
      if (!Arrays.equals(bytes(in), COLLATION)) {
        throw new IllegalArgumentException("sorted by another version of the collation");
      }
      long number = in.getLong();
      long purges = in.getLong();
      byte[] position = bytes(in);
      int count = in.getInt();
      if (count != definition.views().size()) {
        throw new IllegalArgumentException(count + " views, expected " + definition.views().size());
      }
      List<ViewState> views = new ArrayList<>();
      for (IndexDefinition.View view : definition.views()) {
        long nextId = in.getLong();
        byte[] root = bytes(in);
        views.add(new ViewState(nextId, root(root, view.reductions().size())));
      }
      return new IndexState(Seq.of(number, position), purges, views);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DamagedException("the state of index " + definition.name() + ": " + e, e);
    }
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("length " + length);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static Optional<Child> root(byte[] entry, int reductions) {
    if (entry.length == 0) {
      return Optional.empty();
    }
    NodeWriter writer = new NodeWriter(Node.INNER);
    writer.add(entry);
    return Optional.of(writer.node().child(0, reductions));
  }
}
