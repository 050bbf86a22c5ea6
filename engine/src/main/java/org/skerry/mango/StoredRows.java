package org.skerry.mango;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.SingleKeys;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.index.CollatedRange;
import org.skerry.index.Index;
import org.skerry.index.IndexReading;
import org.skerry.index.Indexer;
import org.skerry.index.Indexes;
import org.skerry.store.StoredDocument;
import org.skerry.store.ordered.DamagedException;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * JSON indexes as the node keeps them: each an index of its own, found by what it holds and not by
 * its name, so that the same definition in two design documents is built once. Any thread may call.
 */
final class StoredRows implements IndexRows {
  /** Changes whenever the keys of the same definition would be others. */
  private static final String VERSION = "mango1";

  private static final int SIGNATURE_CHARS = 32;
  private static final int REMEMBERED = 1_000;

  /** Of the keys of all JSON indexes. */
  private static final JsonOrder ORDER = JsonOrder.UNICODE;

  private final Indexes indexes;

  /** What was asked for before: to hash a definition takes as long as to find a row. */
  private final Recent<MangoIndex.Json, org.skerry.index.IndexDefinition> definitions =
      new Recent<>(REMEMBERED);

  StoredRows(Indexes indexes) {
    this.indexes = indexes;
    indexes.register(StoredRows::signatures);
  }

  /** Which of a node's indexes a design document needs. */
  private static Set<String> signatures(StoredDocument design) {
    return IndexCatalog.design(design).indexes().stream()
        .map(index -> signature(index.definition()))
        .collect(Collectors.toSet());
  }

  /** Names what an index holds; directions mean nothing in it. */
  private static String signature(IndexDefinition definition) {
    byte[] held =
        JsonOut.bytes(
            out -> {
              out.writeStartArray();
              definition.fields().names().forEach(out::writeString);
              out.writeRawValue(definition.filterJson().toString());
              out.writeEndArray();
            });
    return VERSION + HexFormat.of().formatHex(sha256(held)).substring(0, SIGNATURE_CHARS);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Index open(Database database, MangoIndex.Json index) {
    return indexes.open(
        database,
        definitions
            .get(index)
            .orElseGet(
                () -> {
                  org.skerry.index.IndexDefinition definition = definition(index);
                  definitions.put(index, definition);
                  return definition;
                }));
  }

  private static org.skerry.index.IndexDefinition definition(MangoIndex.Json index) {
    return new org.skerry.index.IndexDefinition(
        signature(index.definition()),
        index.designId(),
        List.of(org.skerry.index.IndexDefinition.View.PLAIN),
        false,
        new KeyIndexer(new KeyMaker(index.definition())));
  }

  /** One row a document that is in the index. */
  private record KeyIndexer(KeyMaker keys) implements Indexer, Indexer.Mapping {
    @Override
    public Mapping open() {
      return this;
    }

    @Override
    public void map(StoredDocument document, RowSink rows) {
      keys.key(document).ifPresent(key -> rows.emit(0, key, NullNode.instance));
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Override
  public void catchUp(Database database, MangoIndex.Json index) {
    try {
      open(database, index).catchUp();
    } catch (DamagedException e) {
      // It was thrown away when it told; what is opened now is new.
      open(database, index).catchUp();
    }
  }

  @Override
  public void read(Database database, MangoIndex.Json index, Part part, RowVisitor visitor) {
    Index stored = open(database, index);
    try (IndexReading reading = stored.read()) {
      Optional<DocId> last = part.after().map(Bookmark::id);
      reading
          .view(0)
          .rows(
              range(part),
              row -> {
                DocId id = row.id();
                boolean shown = last.isPresent() && last.get().equals(id);
                return shown || visitor.visit(id, row.key());
              });
    }
  }

  /** From the bookmark's row on, which is still in it if it is still there. */
  private static CollatedRange range(Part part) {
    List<JsonNode> from = part.range().from();
    List<JsonNode> to = part.range().to();
    Optional<byte[]> low =
        from.isEmpty() ? Optional.empty() : Optional.of(SingleKeys.ofArray(ORDER, from));
    Optional<byte[]> high =
        to.isEmpty() ? Optional.empty() : Optional.of(SingleKeys.aboveArrays(ORDER, to));
    Optional<byte[]> start = part.descending() ? high : low;
    Optional<byte[]> end = part.descending() ? low : high;
    if (part.after().isPresent()) {
      Bookmark after = part.after().get();
      byte[] key = SingleKeys.of(ORDER, after.key());
      if (isBehind(key, start, part.descending())) {
        return new CollatedRange(
            Optional.of(key), Optional.of(after.id().text()), end, part.descending());
      }
    }
    return new CollatedRange(start, Optional.empty(), end, part.descending());
  }

  /** A bookmark of another query may stand before what this one reads. */
  private static boolean isBehind(byte[] key, Optional<byte[]> start, boolean descending) {
    if (start.isEmpty()) {
      return true;
    }
    int difference = Arrays.compareUnsigned(key, start.get());
    return descending ? difference <= 0 : difference >= 0;
  }
}
