package org.skerry.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.store.Seq;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;

/**
 * Brings mapped documents into an index's space: the rows they had and have no more go, those they
 * have now come, and the position goes with them. One thread.
 *
 * <p>What nobody sees before the position is written goes ahead of it, a megabyte at a time: new
 * nodes, and the records of documents that had no rows. After a crash it is garbage, which the next
 * run writes over because it begins with the same ids. All that readers see changes in one batch.
 */
final class IndexWriter {
  /** Large enough for writing it to cost nothing but its bytes. */
  private static final long AHEAD_BYTES = 1L << 20;

  private final OrderedSpace space;
  private final Moments moments;
  private final IndexDefinition definition;
  private final List<NodeCache> nodes = new ArrayList<>();
  private IndexState state;

  /** What may be written before the rest. */
  private OrderedBatch ahead = new OrderedBatch();

  IndexWriter(OrderedSpace space, Moments moments, IndexDefinition definition, IndexState state) {
    this.space = space;
    this.moments = moments;
    this.definition = definition;
    this.state = state;
    for (int view = 0; view < definition.views().size(); view++) {
      int number = view;
      nodes.add(
          new NodeCache(
              id ->
                  StoredNodes.node(
                      number, id, space.get(IndexKeys.node(number, id)).orElse(null))));
    }
  }

  IndexState state() {
    return state;
  }

  /**
   * What is known of documents before anybody looks for them.
   *
   * @param fresh whether nothing was in the index when the run began
   * @param target the number of the last change then: documents that changed later may have rows
   *     from before, and come a second time
   */
  record Known(boolean fresh, long target) {
    boolean mayHaveRows(MappedPage.Document document) {
      return !fresh || document.seq() > target;
    }

    boolean mayComeAgain(MappedPage.Document document) {
      return document.seq() > target;
    }
  }

  /** Writes documents, of each its last state, and where the index stands with them. */
  void write(List<MappedPage> pages, Known known, Seq seq, long purges) {
    List<List<RowChange>> changes = new ArrayList<>();
    for (int view = 0; view < definition.views().size(); view++) {
      changes.add(new ArrayList<>());
    }
    OrderedBatch batch = new OrderedBatch();
    for (MappedPage.Document document : lastStates(pages, known)) {
      add(document, known.mayHaveRows(document), changes, batch);
    }
    List<IndexState.ViewState> views = new ArrayList<>();
    for (int view = 0; view < changes.size(); view++) {
      views.add(edit(view, changes.get(view), batch));
    }
    IndexState after = new IndexState(seq, purges, views);
    if (!after.equals(state)) {
      ahead.addAll(batch).put(IndexKeys.STATE, after.encode());
      moments.write(ahead, after);
      ahead = new OrderedBatch();
      state = after;
    }
  }

  private static Collection<MappedPage.Document> lastStates(List<MappedPage> pages, Known known) {
    List<MappedPage.Document> all = new ArrayList<>();
    Set<DocId> seen = new HashSet<>();
    for (MappedPage page : pages.reversed()) {
      for (MappedPage.Document document : page.documents().reversed()) {
        boolean last = seen.isEmpty() || !seen.contains(document.id());
        if (last) {
          all.add(document);
        }
        if (known.mayComeAgain(document)) {
          seen.add(document.id());
        }
      }
    }
    return all;
  }

  private void add(
      MappedPage.Document document,
      boolean mayHave,
      List<List<RowChange>> changes,
      OrderedBatch batch) {
    byte[] key = document.key();
    Optional<byte[]> before = mayHave ? space.get(key) : Optional.empty();
    before.ifPresent(record -> remove(document, record, changes));
    document.rows((view, row) -> changes.get(view).add(new RowChange(row, true)));
    if (document.hasRows()) {
      if (mayHave) {
        batch.put(key, document.record());
      } else {
        ahead.put(key, document.record());
        writeAhead();
      }
    } else if (before.isPresent()) {
      batch.delete(key);
    }
  }

  private void writeAhead() {
    if (ahead.bytes() >= AHEAD_BYTES) {
      space.write(ahead);
      ahead = new OrderedBatch();
    }
  }

  private static void remove(
      MappedPage.Document document, byte[] record, List<List<RowChange>> changes) {
    Set<ByteBuffer> stay = new HashSet<>();
    document.rows((view, row) -> stay.add(place(view, row.rowKey())));
    for (DocumentRecord.Place place : DocumentRecord.decode(record)) {
      byte[] rowKey = RowKeys.of(place.collatedKey(), document.id(), place.n());
      if (!stay.contains(place(place.view(), rowKey))) {
        LeafEntry gone = LeafEntry.named(place.collatedKey().length, rowKey);
        changes.get(place.view()).add(new RowChange(gone, false));
      }
    }
  }

  private static ByteBuffer place(int view, byte[] rowKey) {
    return ByteBuffer.allocate(Short.BYTES + rowKey.length)
        .putShort((short) view)
        .put(rowKey)
        .flip();
  }

  private IndexState.ViewState edit(int view, List<RowChange> changes, OrderedBatch batch) {
    IndexState.ViewState before = state.views().get(view);
    if (changes.isEmpty()) {
      return before;
    }
    Collections.sort(changes);
    WrittenNodes written = new WrittenNodes(view, batch);
    List<Reduction> reductions = definition.views().get(view).reductions();
    TreeEdit edit = new TreeEdit(written, reductions, before.nextId());
    Optional<Child> root = edit.apply(before.root(), changes);
    written.writeRest();
    return new IndexState.ViewState(edit.nextId(), root);
  }

  /** Removes the rows of documents that are in the database no more. */
  void forget(List<DocId> gone, long purges) {
    MappedPage page = MappedPage.without(gone, state.seq());
    write(List.of(page), new Known(false, Long.MAX_VALUE), state.seq(), purges);
  }

  /** The nodes of a view: new ones go ahead, old ones go with the batch. */
  private final class WrittenNodes implements TreeEdit.EditedNodes {
    private final int view;
    private final OrderedBatch batch;
    private final NodeCache stored;
    private final Map<Long, Node> unwritten = new LinkedHashMap<>();
    private long bytes;

    WrittenNodes(int view, OrderedBatch batch) {
      this.view = view;
      this.batch = batch;
      this.stored = nodes.get(view);
    }

    @Override
    public Node load(long id) {
      Node here = unwritten.get(id);
      return here == null ? stored.load(id) : here;
    }

    @Override
    public void put(long id, Node node) {
      unwritten.put(id, node);
      bytes += node.bytes().length;
      if (bytes >= AHEAD_BYTES) {
        writeRest();
        writeAhead();
      }
    }

    @Override
    public void remove(long id) {
      stored.remove(id);
      if (unwritten.remove(id) == null) {
        batch.delete(IndexKeys.node(view, id));
      }
    }

    void writeRest() {
      unwritten.forEach(
          (id, node) -> {
            ahead.put(IndexKeys.node(view, id), node.bytes());
            if (!node.isLeaf()) {
              stored.put(id, node);
            }
          });
      unwritten.clear();
      bytes = 0;
    }
  }
}
