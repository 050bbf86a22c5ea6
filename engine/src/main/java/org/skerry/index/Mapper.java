package org.skerry.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.skerry.collation.CollatedKeys;
import org.skerry.collation.ValueWriter;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/** Maps documents for one thread at a time: calls the indexer, and makes rows of what it emits. */
final class Mapper implements Indexer.RowSink, AutoCloseable {
  private static final Comparator<Emitted> BY_KEY =
      Comparator.comparing(Emitted::collatedKey, Arrays::compareUnsigned);

  private final IndexDefinition definition;
  private final Indexer.Mapping mapping;
  private final Complaints complaints;
  private final List<CollatedKeys> keys = new ArrayList<>();
  private final List<List<Emitted>> emitted = new ArrayList<>();
  private final ValueWriter json = new ValueWriter();
  private String document = "";

  /** A row before it has its place. */
  private record Emitted(byte[] collatedKey, byte[] key, byte[] value) {}

  Mapper(IndexDefinition definition, Complaints complaints) {
    this.definition = definition;
    this.complaints = complaints;
    this.mapping = definition.indexer().open();
    for (IndexDefinition.View view : definition.views()) {
      keys.add(new CollatedKeys(view.order()));
      emitted.add(new ArrayList<>());
    }
  }

  /** Maps a document into a page. */
  void map(StoredDocument stored, MappedPage page) {
    emitted.forEach(List::clear);
    boolean mapped = !stored.deleted() && (definition.includeDesign() || !stored.id().isDesign());
    if (mapped) {
      document = stored.id().text();
      try {
        mapping.map(stored, this);
      } catch (RuntimeException | StackOverflowError e) {
        complaints.about(document, String.valueOf(e));
        emitted.forEach(List::clear);
      }
    }
    add(stored, page);
  }

  @Override
  public void emit(int view, JsonNode key, JsonNode value) {
    emitted.get(view).add(new Emitted(keys.get(view).of(key), json.of(key), json.of(value)));
  }

  @Override
  public void leaveOut(int view, String reason) {
    emitted.get(view).clear();
    complaints.about(document, reason);
  }

  private void add(StoredDocument stored, MappedPage page) {
    List<DocumentRecord.Place> places = new ArrayList<>();
    List<byte[]> rows = new ArrayList<>();
    for (int view = 0; view < emitted.size(); view++) {
      List<Emitted> some = emitted.get(view);
      // Stable: equal keys stay in the order in which they were emitted.
      some.sort(BY_KEY);
      int n = 0;
      for (int i = 0; i < some.size(); i++) {
        Emitted one = some.get(i);
        byte[] collated = one.collatedKey();
        n = i > 0 && Arrays.equals(collated, some.get(i - 1).collatedKey()) ? n + 1 : 0;
        byte[] rowKey = RowKeys.of(collated, stored.id(), n);
        rows.add(LeafEntry.of(collated.length, rowKey, one.key(), one.value()));
        places.add(new DocumentRecord.Place(view, collated, n));
      }
    }
    page.add(stored.id(), stored.seq(), DocumentRecord.encode(places));
    for (int i = 0; i < rows.size(); i++) {
      page.addRow(places.get(i).view(), rows.get(i));
    }
  }

  @Override
  public void close() {
    mapping.close();
  }
}
