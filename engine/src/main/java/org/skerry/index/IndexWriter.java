package org.skerry.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.store.Seq;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;

/**
 * Brings mapped documents into an index's space: the rows they had and have no more go, those they
 * have now come, and the position goes with them, all in one batch. One thread.
 */
final class IndexWriter {
  private final OrderedSpace space;
  private final IndexDefinition definition;
  private final List<NodeCache> nodes = new ArrayList<>();
  private IndexState state;

  IndexWriter(OrderedSpace space, IndexDefinition definition, IndexState state) {
    this.space = space;
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
   * Writes documents, each once, and where the index stands with them.
   *
   * @param known whether a document may have rows from before
   * @return the bytes that were written
   */
  long write(Collection<MappedDocument> documents, Known known, Seq seq, long purges) {
    List<List<RowChange>> changes = new ArrayList<>();
    for (int view = 0; view < definition.views().size(); view++) {
      changes.add(new ArrayList<>());
    }
    OrderedBatch batch = new OrderedBatch();
    for (MappedDocument document : documents) {
      add(document, known.mayHaveRows(document), changes, batch);
    }
    List<IndexState.ViewState> views = new ArrayList<>();
    for (int view = 0; view < changes.size(); view++) {
      views.add(edit(view, changes.get(view), batch));
    }
    IndexState after = new IndexState(seq, purges, views);
    if (!after.equals(state)) {
      batch.put(IndexKeys.STATE, after.encode());
      space.write(batch);
      state = after;
    }
    return batch.bytes();
  }

  /** Tells which documents cannot have rows, so that nobody looks for them. */
  @FunctionalInterface
  interface Known {
    boolean mayHaveRows(MappedDocument document);
  }

  private void add(
      MappedDocument document, boolean mayHave, List<List<RowChange>> changes, OrderedBatch batch) {
    byte[] key = IndexKeys.document(document.id());
    Optional<byte[]> before = mayHave ? space.get(key) : Optional.empty();
    before.ifPresent(record -> remove(document, record, changes));
    for (MappedRow row : document.rows()) {
      changes.get(row.view()).add(new RowChange(row.entry(), true));
    }
    if (!document.rows().isEmpty()) {
      batch.put(key, document.record());
    } else if (before.isPresent()) {
      batch.delete(key);
    }
  }

  private static void remove(
      MappedDocument document, byte[] record, List<List<RowChange>> changes) {
    Set<ByteBuffer> stay = new HashSet<>();
    for (MappedRow row : document.rows()) {
      stay.add(place(row.view(), row.entry().rowKey()));
    }
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
    NodeCache cache = nodes.get(view);
    TreeEdit edit = new TreeEdit(cache, definition.views().get(view).reductions(), before.nextId());
    Optional<Child> root = edit.apply(before.root(), changes);
    edit.changed()
        .forEach(
            (id, node) -> {
              if (node.isPresent()) {
                batch.put(IndexKeys.node(view, id), node.get().bytes());
                cache.put(id, node.get());
              } else {
                batch.delete(IndexKeys.node(view, id));
                cache.remove(id);
              }
            });
    return new IndexState.ViewState(edit.nextId(), root);
  }

  /** Removes the rows of documents that are in the database no more. */
  void forget(List<DocId> gone, long purges) {
    List<MappedDocument> documents =
        gone.stream().map(id -> MappedDocument.without(id, state.seq())).toList();
    write(documents, document -> true, state.seq(), purges);
  }
}
