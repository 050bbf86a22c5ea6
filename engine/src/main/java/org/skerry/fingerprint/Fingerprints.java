package org.skerry.fingerprint;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.skerry.collation.JsonOrder;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.index.Index;
import org.skerry.index.IndexDefinition;
import org.skerry.index.IndexReading;
import org.skerry.index.Indexer;
import org.skerry.index.Indexes;
import org.skerry.index.Reduction.Reduced;
import org.skerry.index.RowRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.node.StringNode;

/**
 * The fingerprints of a node's databases and of their subsets, from an index that follows each
 * since somebody asked for the first time. Any thread.
 */
public final class Fingerprints {
  /** Begins with a dot: no design document wants it, and a clean-up leaves it alone. */
  private static final IndexDefinition DEFINITION =
      new IndexDefinition(
          ".fingerprint1",
          "fingerprints",
          List.of(new IndexDefinition.View(JsonOrder.RAW, List.of(new Sum()))),
          false,
          PlaceIndexer::new);

  private final Indexes indexes;

  public Fingerprints(Indexes indexes) {
    this.indexes = indexes;
  }

  /** A database, whole or a subset, as one side of a comparison, as it is at each question. */
  public Side of(Database database) {
    Database plain = database.withoutEchoes();
    return new Local(plain, indexes.open(plain, DEFINITION));
  }

  private record Local(Database database, Index index) implements Side {
    @Override
    public List<Fingerprint> fingerprints(List<PlaceRange> ranges) {
      index.catchUp();
      try (IndexReading reading = index.read()) {
        return ranges.stream().map(range -> fingerprint(reading, range)).toList();
      }
    }

    private static Fingerprint fingerprint(IndexReading reading, PlaceRange range) {
      return reading
          .view(0)
          .reduce(rows(range), 0)
          .map(
              reduced ->
                  reduced instanceof Reduced.Value(byte[] state)
                      ? Sum.decode(state)
                      : Fingerprint.NOTHING)
          .orElse(Fingerprint.NOTHING);
    }

    private static RowRange rows(PlaceRange range) {
      return RowRange.between(
          Optional.of(StringNode.valueOf(range.first())),
          Optional.of(StringNode.valueOf(range.last())),
          true);
    }

    @Override
    public List<Entry> list(PlaceRange range) {
      index.catchUp();
      List<DocId> ids = new ArrayList<>();
      try (IndexReading reading = index.read()) {
        reading
            .view(0)
            .rows(
                rows(range),
                0,
                row -> {
                  ids.add(row.id());
                  return ids.size() < MOST_LISTED;
                });
      }
      List<Entry> entries = new ArrayList<>();
      database
          .store()
          .load(ids, Fields.LEAVES, document -> document.deleted() || entries.add(entry(document)));
      return entries;
    }

    private static Entry entry(StoredDocument document) {
      return new Entry(
          document.id().text(),
          document.leaves().stream()
              .map(leaf -> leaf.rev() + (leaf.deleted() ? " deleted" : ""))
              .sorted()
              .toList());
    }
  }

  /** A row a document that lives: its place, and the hash of its leaves. */
  private static final class PlaceIndexer implements Indexer.Mapping {
    @Override
    public void map(StoredDocument document, Indexer.RowSink rows) {
      String hash = HexFormat.of().formatHex(Hashes.content(document.id(), document.leaves()));
      rows.emit(0, StringNode.valueOf(Hashes.place(document.id())), StringNode.valueOf(hash));
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
