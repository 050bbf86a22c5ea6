package org.skerry.view;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentForm;
import org.skerry.index.Indexer;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.script.EmitSink;
import org.skerry.script.MapScript;
import org.skerry.script.ScriptException;
import org.skerry.script.Scripts;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;

/**
 * Rows by map functions in JavaScript. They see the winner with {@code _conflicts} and {@code
 * _deleted_conflicts}, as CouchDB's do.
 *
 * @param localSeq whether they see {@code _local_seq}, too
 */
record ScriptIndexer(
    Scripts scripts, List<String> sources, Optional<JsonNode> library, boolean localSeq)
    implements Indexer {

  @Override
  public Mapping open() {
    MapScript maps = scripts.maps(sources, library);
    return new Mapping() {
      @Override
      public void map(StoredDocument document, RowSink rows) {
        maps.run(json(document), new Sink(rows));
      }

      @Override
      public void close() {
        maps.close();
      }
    };
  }

  private byte[] json(StoredDocument document) {
    DocumentExtras extras = extras(document);
    return PlainDocument.json(document, extras).orElseGet(() -> spliced(document, extras));
  }

  private static byte[] spliced(StoredDocument document, DocumentExtras extras) {
    return JsonOut.bytes(
        out -> DocumentJson.write(out, document.id(), document.revisions().getFirst(), extras));
  }

  private DocumentExtras extras(StoredDocument document) {
    if (document.leaves().size() == 1 && !localSeq) {
      return DocumentExtras.NONE;
    }
    Optional<String> seq =
        localSeq ? Optional.of(Long.toString(document.seq().number())) : Optional.empty();
    return new DocumentExtras(
        Optional.empty(),
        List.of(),
        others(document, false),
        others(document, true),
        seq,
        AttachmentForm.STUBS,
        false);
  }

  private static List<RevId> others(StoredDocument document, boolean deleted) {
    return document.leaves().stream()
        .skip(1)
        .filter(leaf -> leaf.deleted() == deleted)
        .map(Leaf::rev)
        .toList();
  }

  /** Hands rows on. */
  private record Sink(Indexer.RowSink rows) implements EmitSink {
    @Override
    public void emit(int function, List<JsonNode> arguments) {
      rows.emit(function, arguments.get(0), arguments.get(1));
    }

    @Override
    public void failed(int function, ScriptException why) {
      rows.leaveOut(function, String.valueOf(why.getMessage()));
    }
  }
}
