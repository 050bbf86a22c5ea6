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
import org.skerry.revision.RevPath;
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
    Map<RevisionRef, Found> found = new HashMap<>();
    Map<DocId, List<Leaf>> leaves = leaves(store, batch, options, found);
    List<List<RevId>> wanted = new ArrayList<>(batch.size());
    List<RevisionRef> rest = new ArrayList<>(batch.size());
    DocumentReading reading = new DocumentReading(store);
    for (BulkRequest request : batch) {
      List<RevId> revs =
          request instanceof BulkRequest.Valid valid
              ? wanted(valid, leaves.getOrDefault(valid.id(), List.of()), options, reading)
              : List.of();
      wanted.add(revs);
      if (request instanceof BulkRequest.Valid valid) {
        revs.stream()
            .map(rev -> new RevisionRef(valid.id(), rev))
            .filter(ref -> !found.containsKey(ref))
            .forEach(rest::add);
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

  /**
   * The leaves of documents; a winner that somebody asks for is found with them. One for which
   * nobody asks is let go at once: a batch is as large as its answers are, and not what stands
   * beside them.
   */
  private static Map<DocId, List<Leaf>> leaves(
      DocumentStore store,
      List<BulkRequest> batch,
      ReadOptions options,
      Map<RevisionRef, Found> found) {
    Set<DocId> ids = new HashSet<>();
    Set<DocId> whole = new HashSet<>();
    Set<RevisionRef> named = new HashSet<>();
    for (BulkRequest request : batch) {
      if (request instanceof BulkRequest.Valid(DocId id, Optional<RevId> rev, var _)
          && (options.latest() || rev.isEmpty())) {
        ids.add(id);
        rev.ifPresentOrElse(one -> named.add(new RevisionRef(id, one)), () -> whole.add(id));
      }
    }
    Map<DocId, List<Leaf>> leaves = new HashMap<>();
    if (!ids.isEmpty()) {
      store.load(
          List.copyOf(ids),
          new Fields(true, Fields.Bodies.WINNER),
          document -> {
            leaves.put(document.id(), document.leaves());
            RevisionRef winner = new RevisionRef(document.id(), document.winner().rev());
            if (whole.contains(document.id()) || named.contains(winner)) {
              content(document, winner.rev()).ifPresent(there -> found.put(winner, there));
            }
            return true;
          });
    }
    return leaves;
  }

  private static Optional<Found> content(StoredDocument document, RevId rev) {
    Optional<RevPath> path = document.tree().flatMap(tree -> tree.path(rev));
    return document.revision(rev).flatMap(there -> path.map(branch -> new Found(there, branch)));
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
