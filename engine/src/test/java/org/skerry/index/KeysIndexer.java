package org.skerry.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * An indexer for tests. Of a document {@code {"keys":[…],"value":n}} it emits each key with the
 * value into view 0, and how many keys there are, with the id, into view 1. A document with {@code
 * "bad":true} makes it fail after the first row.
 */
final class KeysIndexer implements Indexer {
  final AtomicInteger mapped = new AtomicInteger();

  static IndexDefinition definition(Indexer indexer) {
    return new IndexDefinition(
        "keys",
        "_design/keys",
        List.of(
            new IndexDefinition.View(JsonOrder.UNICODE, List.of(TreeModel.SUM)),
            IndexDefinition.View.PLAIN),
        false,
        indexer);
  }

  @Override
  public Mapping open() {
    return new Mapping() {
      @Override
      public void map(StoredDocument document, RowSink rows) {
        mapped.incrementAndGet();
        JsonNode body = ValueReader.read(document.revisions().getFirst().body().json());
        for (JsonNode key : body.path("keys").values()) {
          rows.emit(0, key, body.path("value"));
          if (body.path("bad").booleanValue(false)) {
            throw new IllegalStateException("bad document");
          }
        }
        rows.emit(
            1,
            ValueReader.read(TreeModel.text(body.path("keys").size())),
            StringNode.valueOf(document.id().text()));
        if (body.path("halfBad").booleanValue(false)) {
          rows.leaveOut(0, "half bad");
        }
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }

  /** A row as the naive model has it. */
  record Expected(JsonNode key, DocId id, int n, String value) {}

  /** What view 0 must hold, made of all documents at once. */
  static List<Expected> expected(DocumentStore store) {
    List<Expected> rows = new ArrayList<>();
    store.changes(
        ChangeRange.after(Seq.ZERO, Integer.MAX_VALUE),
        Fields.WINNER,
        document -> {
          if (document.deleted() || document.id().isDesign()) {
            return true;
          }
          JsonNode body = ValueReader.read(document.revisions().getFirst().body().json());
          if (body.path("bad").booleanValue(false) || body.path("halfBad").booleanValue(false)) {
            return true;
          }
          int n = 0;
          for (JsonNode key : body.path("keys").values()) {
            rows.add(new Expected(key, document.id(), n++, body.path("value").toString()));
          }
          return true;
        });
    rows.sort(
        Comparator.comparing(Expected::key, JsonOrder.UNICODE)
            .thenComparing(Expected::id)
            .thenComparing(Expected::n));
    return rows;
  }
}
