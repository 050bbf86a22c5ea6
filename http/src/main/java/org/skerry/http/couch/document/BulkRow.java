package org.skerry.http.couch.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import tools.jackson.core.JsonGenerator;

/** One element of {@code results} in {@code _bulk_get}. */
sealed interface BulkRow {
  /** What was found; at least one revision. */
  record Revisions(DocId id, List<RevId> since, List<Found> found) implements BulkRow {}

  /** What was not, and why. */
  record Refused(Optional<String> id, Optional<String> rev, String error, String reason)
      implements BulkRow {
    void writeId(JsonGenerator out) {
      out.writeName("id");
      BulkRow.write(out, id);
    }

    void write(JsonGenerator out) {
      out.writeStartObject();
      writeId(out);
      out.writeName("rev");
      BulkRow.write(out, rev);
      out.writeStringProperty("error", error);
      out.writeStringProperty("reason", reason);
      out.writeEndObject();
    }
  }

  /** About how long it is. */
  default long bytes() {
    return switch (this) {
      case Refused refused -> 0;
      case Revisions(var _, var _, List<Found> found) ->
          found.stream().mapToLong(one -> one.revision().body().json().length).sum();
    };
  }

  /** A text, or {@code null} where there is none. */
  private static void write(JsonGenerator out, Optional<String> text) {
    text.ifPresentOrElse(out::writeString, out::writeNull);
  }

  /**
   * Reads a batch. Where leaves matter ({@code latest}, or no revision asked for) one call brings
   * documents with their winners, which is nearly always what is wanted; another one the rest.
   */
  static List<BulkRow> read(DocumentStore store, List<BulkRequest> batch, ReadOptions options) {
    Map<DocId, StoredDocument> documents = documents(store, batch, options);
    List<List<RevId>> wanted = new ArrayList<>(batch.size());
    List<RevisionRef> rest = new ArrayList<>(batch.size());
    Map<RevisionRef, Found> found = new HashMap<>();
    DocumentReading reading = new DocumentReading(store);
    for (BulkRequest request : batch) {
      if (!(request instanceof BulkRequest.Valid valid)) {
        wanted.add(List.of());
        continue;
      }
      Optional<StoredDocument> document = Optional.ofNullable(documents.get(valid.id()));
      List<Leaf> leaves = document.map(StoredDocument::leaves).orElse(List.of());
      List<RevId> revs = wanted(valid, leaves, options, reading);
      wanted.add(revs);
      for (RevId rev : revs) {
        RevisionRef ref = new RevisionRef(valid.id(), rev);
        document
            .flatMap(known -> winner(known, rev))
            .ifPresentOrElse(winner -> found.put(ref, winner), () -> rest.add(ref));
      }
    }
    if (!rest.isEmpty()) {
      store.read(rest, (ref, there) -> there.ifPresent(revision -> found.put(ref, revision)));
    }
    List<BulkRow> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      rows.add(
          switch (batch.get(i)) {
            case BulkRequest.Invalid invalid ->
                new Refused(invalid.id(), invalid.rev(), invalid.error(), invalid.reason());
            case BulkRequest.Valid valid -> row(valid, wanted.get(i), found);
          });
    }
    return rows;
  }

  private static BulkRow row(
      BulkRequest.Valid request, List<RevId> wanted, Map<RevisionRef, Found> found) {
    List<Found> there = new ArrayList<>(wanted.size());
    for (RevId rev : wanted) {
      Found revision = found.get(new RevisionRef(request.id(), rev));
      if (revision != null) {
        there.add(revision);
      }
    }
    if (there.isEmpty()) {
      String rev = request.rev().map(RevId::toString).orElse("undefined");
      return new Refused(
          Optional.of(request.id().text()), Optional.of(rev), "not_found", "missing");
    }
    return new Revisions(request.id(), request.since(), there);
  }

  private static Map<DocId, StoredDocument> documents(
      DocumentStore store, List<BulkRequest> batch, ReadOptions options) {
    Set<DocId> ids = new HashSet<>();
    for (BulkRequest request : batch) {
      if (request instanceof BulkRequest.Valid valid
          && (options.latest() || valid.rev().isEmpty())) {
        ids.add(valid.id());
      }
    }
    Map<DocId, StoredDocument> documents = new HashMap<>();
    if (!ids.isEmpty()) {
      store.load(
          List.copyOf(ids),
          new Fields(true, Fields.Bodies.WINNER),
          document -> {
            documents.put(document.id(), document);
            return true;
          });
    }
    return documents;
  }

  /** A revision that came with its document; nothing where another one did. */
  private static Optional<Found> winner(StoredDocument document, RevId rev) {
    return document
        .revision(rev)
        .flatMap(there -> document.tree().flatMap(tree -> tree.path(rev)).map(path -> new Found(there, path)));
  }

  private static List<RevId> wanted(
      BulkRequest.Valid request, List<Leaf> leaves, ReadOptions options, DocumentReading reading) {
    if (request.rev().isEmpty()) {
      return leaves.stream().map(Leaf::rev).toList();
    }
    RevId rev = request.rev().get();
    boolean isLeaf = leaves.stream().anyMatch(leaf -> leaf.rev().equals(rev));
    return options.latest() && !isLeaf ? reading.latest(request.id(), List.of(rev)) : List.of(rev);
  }
}
