package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.Fields;
import org.skerry.store.Fields.Bodies;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.store.rocksdb.History.Part;

/**
 * Reads one database's documents as of one moment. One thread; closed by the call that opened it.
 */
final class Reading implements AutoCloseable {
  /** So many bodies are stepped over before a seek is cheaper. */
  private static final int STEPS = 8;

  /** A superseded body's length is not known before it is read. */
  private static final int TYPICAL_BYTES = 512;

  /** What one large body needed is not held while its reader goes on. */
  private static final int KEPT_BUFFER = 1 << 16;

  private final Cabinet cabinet;
  private final @Nullable View view;
  private final ReadOptions options;
  private final Packer packer;
  private @Nullable Cursor bodies;

  private @Nullable BodiesAhead ahead;

  /** Holds the head or body that was read last, as it is stored. */
  private byte[] buffer = new byte[0];

  private Reading(Cabinet cabinet, @Nullable View view) {
    this.cabinet = cabinet;
    this.view = view;
    this.options = view == null ? cabinet.tables().latest() : view.options();
    this.packer = cabinet.packers().borrow();
  }

  /** Everything as of now. */
  static Reading ofOneMoment(Cabinet cabinet) {
    return new Reading(cabinet, cabinet.tables().view());
  }

  /**
   * Whatever is newest at each step, without the two microseconds of a snapshot. A document that is
   * changed and compacted between two steps throws {@link OvertakenException}; then the caller
   * reads again, of one moment.
   */
  static Reading ofTheLatest(Cabinet cabinet) {
    return new Reading(cabinet, null);
  }

  /** What a head names was compacted away before it was read. */
  static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException() {
      super("overtaken by a compaction", null, false, false);
    }
  }

  private RuntimeException lost(String what) {
    return view == null ? new OvertakenException() : cabinet.shelf().lost(what);
  }

  Cursor cursor(Family family) {
    return cabinet.tables().cursor(family, options);
  }

  Optional<Head> head(DocId id) {
    return cabinet
        .tables()
        .get(Family.HEADS, options, Keys.document(cabinet.number(), id))
        .map(Head::decode);
  }

  /** A head without its history. */
  private Optional<Head> leaves(DocId id) {
    int length = find(Family.HEADS, Keys.document(cabinet.number(), id), TYPICAL_BYTES);
    return length < 0
        ? Optional.empty()
        : Optional.of(Head.decodeLeaves(ByteBuffer.wrap(buffer, 0, length)));
  }

  /** A document as it is wanted; its history is read only for those who want the tree. */
  Optional<StoredDocument> document(DocId id, Fields fields) {
    Optional<Head> head = fields.tree() ? head(id) : leaves(id);
    return head.map(found -> document(id, found, fields));
  }

  /** Everything that is known of a document's history, down to the database's limit. */
  Part whole(DocId id, Head head) {
    Part whole =
        History.union(
            History.parts(
                head.recent(),
                segment -> History.read(cabinet.tables(), options, cabinet.shelf(), id, segment)));
    RevTree stemmed = whole.tree().stem(cabinet.shelf().ledger().revsLimit());
    return new Part(stemmed, whole.bodies());
  }

  RevTree tree(DocId id, Head head) {
    return whole(id, head).tree();
  }

  StoredDocument document(DocId id, Head head, Fields fields) {
    Optional<RevTree> tree = fields.tree() ? Optional.of(tree(id, head)) : Optional.empty();
    return document(id, head.seq(), head.leaves(), tree, fields.bodies());
  }

  StoredDocument document(
      DocId id, long seq, List<StoredLeaf> leaves, Optional<RevTree> tree, Bodies wanted) {
    cabinet.courtesy().afterRead();
    return new StoredDocument(
        id, Seq.of(seq), StoredLeaf.leaves(leaves), tree, revisions(leaves, wanted));
  }

  private List<StoredRevision> revisions(List<StoredLeaf> leaves, Bodies wanted) {
    return switch (wanted) {
      case NONE -> List.of();
      case WINNER -> List.of(revision(leaves.getFirst()));
      case LEAVES -> {
        List<StoredRevision> all = new ArrayList<>(leaves.size());
        leaves.forEach(leaf -> all.add(revision(leaf)));
        yield all;
      }
    };
  }

  private StoredRevision revision(StoredLeaf stored) {
    BodyRecord body = body(stored.body(), stored.storedBytes());
    if (body == null) {
      throw lost("the body of revision " + stored.leaf().rev());
    }
    return new StoredRevision(
        stored.leaf().rev(), stored.leaf().deleted(), body.body(), body.attachments());
  }

  /**
   * A revision's content, leaf or not; nothing when compaction removed it, or it was never here.
   */
  Optional<StoredRevision> revision(
      Head head, RevId rev, RevTree tree, Map<RevId, Long> superseded) {
    for (StoredLeaf stored : head.leaves()) {
      if (stored.leaf().rev().equals(rev)) {
        return Optional.of(revision(stored));
      }
    }
    return Optional.ofNullable(superseded.get(rev))
        .map(seq -> body(seq, TYPICAL_BYTES))
        .map(
            body ->
                new StoredRevision(rev, tree.isTombstone(rev), body.body(), body.attachments()));
  }

  /** A body, whose record is about so long; null where there is none. */
  private @Nullable BodyRecord body(long seq, int storedBytes) {
    ByteBuffer known = ahead == null ? null : ahead.take(seq);
    if (known != null) {
      return decode(known);
    }
    byte[] key = Keys.sequence(cabinet.number(), seq);
    if (bodies != null) {
      return step(bodies, key, seq) ? decode(bodies.peek()) : null;
    }
    int length = find(Family.BODIES, key, storedBytes);
    BodyRecord found = length < 0 ? null : decode(ByteBuffer.wrap(buffer, 0, length));
    if (buffer.length > KEPT_BUFFER) {
      buffer = new byte[TYPICAL_BYTES];
    }
    return found;
  }

  /** Reads a record into the buffer, and returns its length; negative where there is none. */
  private int find(Family family, byte[] key, int expected) {
    if (buffer.length < expected) {
      buffer = new byte[expected];
    }
    int length = cabinet.tables().find(family, options, key, buffer);
    while (length > buffer.length) { // of the latest, it may have become longer
      buffer = new byte[length];
      length = cabinet.tables().find(family, options, key, buffer);
    }
    return length;
  }

  private BodyRecord decode(ByteBuffer record) {
    return BodyRecord.decode(record, packer, cabinet.dictionaries()::find);
  }

  /** Reads bodies that are asked for next, in the order in which they were expected. */
  void read(BodiesAhead expected) {
    expected.read(cabinet.tables(), options, cabinet.number());
    ahead = expected;
  }

  /** From now on bodies are asked for mostly in the order in which they were written. */
  void expectAscending() {
    bodies = cursor(Family.BODIES);
  }

  private boolean step(Cursor cursor, byte[] key, long seq) {
    long at = standsAt(cursor);
    for (int steps = 0; at >= 0 && at < seq && at > seq - STEPS && steps < STEPS; steps++) {
      cursor.next();
      at = standsAt(cursor);
    }
    if (at != seq) {
      cursor.seek(key);
      at = standsAt(cursor);
    }
    return at == seq;
  }

  /**
   * The sequence the cursor stands at; a negative number when it stands nowhere in this database.
   */
  private long standsAt(Cursor cursor) {
    return cursor.sequenceIn(cabinet.number());
  }

  @Override
  public void close() {
    if (bodies != null) {
      bodies.close();
    }
    if (view != null) {
      view.close();
    }
    cabinet.packers().giveBack(packer);
  }
}
