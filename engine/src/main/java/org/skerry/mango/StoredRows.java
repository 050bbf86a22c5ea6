package org.skerry.mango;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.collation.JsonOrder;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.index.Index;
import org.skerry.index.IndexReading;
import org.skerry.index.Indexer;
import org.skerry.index.Indexes;
import org.skerry.index.RowRange;
import org.skerry.store.StoredDocument;
import org.skerry.store.ordered.DamagedException;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
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

  /** Behind all values: an object with a name of characters that no text has. */
  private static final JsonNode HIGHEST =
      JsonNodeFactory.instance.objectNode().putObject("\uffff\uffff\uffff\uffff");

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
              0,
              row -> {
                DocId id = row.id();
                boolean shown = last.isPresent() && last.get().equals(id);
                return shown || visitor.visit(id, row.key());
              });
    }
  }

  /** From the bookmark's row on, which is still in it if it is still there. */
  private static RowRange range(Part part) {
    Optional<JsonNode> low = edge(part.range().from());
    Optional<JsonNode> high = edge(part.range().to()).map(end -> ((ArrayNode) end).add(HIGHEST));
    Optional<JsonNode> start = part.descending() ? high : low;
    Optional<JsonNode> end = part.descending() ? low : high;
    Optional<Bookmark> resumed =
        part.after().filter(after -> isBehind(after.key(), start, part.descending()));
    return new RowRange(
        resumed.map(Bookmark::key).or(() -> start),
        resumed.map(after -> after.id().text()),
        end,
        Optional.empty(),
        true,
        part.descending());
  }

  private static Optional<JsonNode> edge(List<JsonNode> elements) {
    return elements.isEmpty()
        ? Optional.empty()
        : Optional.of(JsonNodeFactory.instance.arrayNode().addAll(new ArrayList<>(elements)));
  }

  /** A bookmark of another query may stand before what this one reads. */
  private static boolean isBehind(JsonNode key, Optional<JsonNode> start, boolean descending) {
    if (start.isEmpty()) {
      return true;
    }
    int difference = JsonOrder.UNICODE.compare(key, start.get());
    return descending ? difference <= 0 : difference >= 0;
  }
}
