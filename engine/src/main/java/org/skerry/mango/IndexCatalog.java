package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * Which indexes databases have: read out of their design documents, each revision of which is read
 * once. While a database does not change, it is not even asked for them. One a node; any thread may
 * call.
 */
public final class IndexCatalog {
  private static final DocRange DESIGN =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  private static final int REMEMBERED = 1_000;

  private final Recent<Key, List<MangoIndex.Json>> known = new Recent<>(REMEMBERED);
  private final Recent<String, Listing> listings = new Recent<>(REMEMBERED);

  /** A revision is the same wherever it is. */
  private record Key(DocId id, RevId rev) {}

  /** What a database that was at that position had, when it had seen that many purges. */
  private record Listing(Seq seq, long purges, List<MangoIndex> indexes) {}

  /** All indexes of a database, the special one first. */
  public List<MangoIndex> list(Database database) {
    DocumentStore store = database.store();
    // Asked before the documents are, so that what comes between is seen next time.
    Seq seq = store.now();
    long purges = store.totals().purges();
    Optional<Listing> last = listings.get(store.incarnation());
    if (last.isPresent() && last.get().seq().equals(seq) && last.get().purges() == purges) {
      return last.get().indexes();
    }
    List<MangoIndex> indexes = read(store);
    listings.put(store.incarnation(), new Listing(seq, purges, indexes));
    return indexes;
  }

  private List<MangoIndex> read(DocumentStore store) {
    List<MangoIndex> indexes = new ArrayList<>();
    indexes.add(new MangoIndex.AllDocs());
    for (Key key : designs(store)) {
      indexes.addAll(known.get(key).orElseGet(() -> read(store, key)));
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

  private List<MangoIndex.Json> read(DocumentStore store, Key key) {
    List<StoredDocument> found = new ArrayList<>(1);
    store.load(List.of(key.id()), Fields.WINNER, found::add);
    if (found.isEmpty() || found.getFirst().deleted()) {
      return List.of();
    }
    StoredDocument document = found.getFirst();
    List<MangoIndex.Json> indexes = design(document).indexes();
    known.put(new Key(document.id(), document.winner().rev()), indexes);
    return indexes;
  }

  /** A design document with its body. */
  static IndexDesign design(StoredDocument document) {
    return new IndexDesign(
        document.id().text(), ValueReader.read(document.revisions().getFirst().body().json()));
  }
}
