package org.skerry.http.couch.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.http.couch.DocumentOptions;
import org.skerry.http.couch.RowOut;
import org.skerry.index.Row;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import tools.jackson.databind.JsonNode;

/**
 * The documents that rows show: their own, or the one that a value names ({@code {"_id": …}},
 * perhaps with {@code _rev}), as they are when they are read. About 256 KB of them are held at a
 * time.
 */
final class RowDocuments {
  private static final long PAGE_BYTES = 256 * 1024;
  private static final byte[] ID_MEMBER = {'"', '_', 'i', 'd', '"'};

  private final DocumentStore store;
  private final DocumentOptions options;

  RowDocuments(DocumentStore store, DocumentOptions options) {
    this.store = store;
    this.options = options;
  }

  /** Writes a document, or null for one that is not there. */
  @FunctionalInterface
  interface Shown {
    void write(RowOut out) throws IOException;
  }

  /** Takes rows with their documents, in the order of the rows. */
  @FunctionalInterface
  interface RowVisitor {
    void visit(Row row, Shown document) throws IOException;
  }

  /** Which document a row shows; nothing when its value names what cannot be one. */
  private record Wanted(Optional<DocId> id, Optional<RevId> rev) {
    static final Wanted NOTHING = new Wanted(Optional.empty(), Optional.empty());
  }

  void visit(List<Row> rows, RowVisitor visitor) throws IOException {
    List<Wanted> wanted = rows.stream().map(RowDocuments::wanted).toList();
    int at = 0;
    while (at < rows.size()) {
      at = visit(rows, wanted, at, visitor);
    }
  }

  /** Visits as many rows as there is room for documents, and returns the place behind them. */
  private int visit(List<Row> rows, List<Wanted> wanted, int from, RowVisitor visitor)
      throws IOException {
    List<DocId> ids = new ArrayList<>();
    for (Wanted one : wanted.subList(from, wanted.size())) {
      if (one.rev().isEmpty()) {
        one.id().ifPresent(ids::add);
      }
    }
    Map<DocId, StoredDocument> found = new HashMap<>();
    Optional<DocId> last = load(ids, found);
    for (int i = from; i < rows.size(); i++) {
      Wanted one = wanted.get(i);
      visitor.visit(rows.get(i), shown(one, found));
      if (last.isPresent() && one.rev().isEmpty() && one.id().equals(last)) {
        return i + 1;
      }
    }
    return rows.size();
  }

  /** Loads documents until there are enough, and returns the last if there are more. */
  private Optional<DocId> load(List<DocId> ids, Map<DocId, StoredDocument> found) {
    long[] bytes = {0};
    List<DocId> last = new ArrayList<>();
    store.load(
        ids,
        options.fields(),
        document -> {
          boolean known = found.put(document.id(), document) != null;
          if (!known && !document.revisions().isEmpty()) {
            bytes[0] += document.revisions().getFirst().body().json().length;
          }
          if (bytes[0] < PAGE_BYTES) {
            return true;
          }
          last.add(document.id());
          return false;
        });
    return last.stream().findFirst();
  }

  private Shown shown(Wanted wanted, Map<DocId, StoredDocument> found) {
    if (wanted.rev().isPresent() && wanted.id().isPresent()) {
      return revision(new RevisionRef(wanted.id().get(), wanted.rev().get()));
    }
    Optional<StoredDocument> document = wanted.id().map(found::get);
    if (document.isEmpty() || document.get().deleted()) {
      return out -> out.raw("null");
    }
    StoredDocument shown = document.get();
    return out ->
        out.document(
            shown.id(), shown.revisions().getFirst(), options.extras(shown, store.attachments()));
  }

  private Shown revision(RevisionRef ref) {
    List<StoredRevision> read = new ArrayList<>();
    store.read(List.of(ref), (asked, found) -> found.ifPresent(one -> read.add(one.revision())));
    return read.isEmpty()
        ? out -> out.raw("null")
        : out -> out.document(ref.id(), read.getFirst(), DocumentExtras.NONE);
  }

  private static Wanted wanted(Row row) {
    byte[] value = row.value();
    if (value[0] != '{' || !contains(value, ID_MEMBER)) {
      return new Wanted(Optional.of(row.id()), Optional.empty());
    }
    JsonNode link = ValueReader.read(value);
    if (!link.has("_id")) {
      return new Wanted(Optional.of(row.id()), Optional.empty());
    }
    try {
      return new Wanted(
          Optional.of(DocId.of(link.path("_id").asString(""))),
          Optional.of(link.path("_rev"))
              .filter(JsonNode::isString)
              .map(rev -> RevId.parse(rev.stringValue())));
    } catch (BadDocumentException | InvalidRevIdException e) {
      return Wanted.NOTHING;
    }
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
