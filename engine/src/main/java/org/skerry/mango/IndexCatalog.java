package org.skerry.mango;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/**
 * Which indexes databases have: read out of their design documents, each revision of which is read
 * once. One a node; any thread may call.
 */
public final class IndexCatalog {
  private static final DocRange DESIGN =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  private static final int REMEMBERED = 1_000;

  private final Map<Key, List<MangoIndex.Json>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<MangoIndex.Json>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A revision is the same wherever it is. */
  private record Key(DocId id, RevId rev) {}

  /** All indexes of a database, the special one first. */
  public List<MangoIndex> list(Database database) {
    List<MangoIndex> indexes = new ArrayList<>();
    indexes.add(new MangoIndex.AllDocs());
    for (Key key : designs(database.store())) {
      indexes.addAll(remembered(key).orElseGet(() -> read(database.store(), key)));
    }
    indexes.sort(null);
    return List.copyOf(indexes);
  }

  private static List<Key> designs(DocumentStore store) {
    List<Key> designs = new ArrayList<>();
    store.scan(
        DESIGN,
        Fields.LEAVES,
        document -> {
          if (!document.deleted()) {
            designs.add(new Key(document.id(), document.winner().rev()));
          }
          return true;
        });
    return designs;
  }

  private Optional<List<MangoIndex.Json>> remembered(Key key) {
    synchronized (known) {
      return Optional.ofNullable(known.get(key));
    }
  }

  private List<MangoIndex.Json> read(DocumentStore store, Key key) {
    List<StoredDocument> found = new ArrayList<>(1);
    store.load(List.of(key.id()), Fields.WINNER, found::add);
    if (found.isEmpty() || found.getFirst().deleted()) {
      return List.of();
    }
    StoredDocument document = found.getFirst();
    List<MangoIndex.Json> indexes = design(document).indexes();
    synchronized (known) {
      known.put(new Key(document.id(), document.winner().rev()), indexes);
    }
    return indexes;
  }

  /** A design document with its body. */
  static IndexDesign design(StoredDocument document) {
    return new IndexDesign(
        document.id().text(), ValueReader.read(document.revisions().getFirst().body().json()));
  }
}
