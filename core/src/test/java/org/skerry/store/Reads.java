package org.skerry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;

/** What a database answers, as lists. */
public final class Reads {
  /** Everything that a reader can ask of a document. */
  public static final Fields ALL = new Fields(true, Fields.Bodies.LEAVES);

  private Reads() {}

  /** The document with tree and every leaf's body. */
  public static Optional<StoredDocument> document(DocumentStore database, String id) {
    return load(database, ALL, id).stream().findFirst();
  }

  public static List<StoredDocument> load(DocumentStore database, Fields fields, String... ids) {
    List<StoredDocument> found = new ArrayList<>();
    database.load(Stream.of(ids).map(DocId::of).toList(), fields, found::add);
    return found;
  }

  /** The document's leaves as texts, winner first; tombstones end in {@code x}. */
  public static List<String> leaves(DocumentStore database, String id) {
    return document(database, id).map(Reads::leaves).orElse(List.of());
  }

  public static List<String> leaves(StoredDocument document) {
    return document.leaves().stream()
        .map(leaf -> leaf.rev() + (leaf.deleted() ? "x" : ""))
        .toList();
  }

  public static Leaf winner(DocumentStore database, String id) {
    return document(database, id).orElseThrow().winner();
  }

  public static RevTree tree(DocumentStore database, String id) {
    return document(database, id).flatMap(StoredDocument::tree).orElse(RevTree.empty());
  }

  /** The JSON of one revision's body; nothing when it is unknown or gone. */
  public static Optional<String> body(DocumentStore database, String id, RevId rev) {
    return revision(database, id, rev).map(found -> found.revision().body().toString());
  }

  public static Optional<RevisionVisitor.Found> revision(
      DocumentStore database, String id, RevId rev) {
    List<RevisionVisitor.Found> all = new ArrayList<>();
    database.read(
        List.of(new RevisionRef(DocId.of(id), rev)), (ref, found) -> found.ifPresent(all::add));
    return all.stream().findFirst();
  }

  /** Every change after the position. */
  public static List<StoredDocument> changes(DocumentStore database, Seq since) {
    List<StoredDocument> found = new ArrayList<>();
    database.changes(ChangeRange.after(since, Integer.MAX_VALUE), ALL, found::add);
    return found;
  }

  public static List<String> ids(List<StoredDocument> documents) {
    return documents.stream().map(document -> document.id().text()).toList();
  }

  public static List<StoredDocument> scan(DocumentStore database, DocRange range) {
    List<StoredDocument> found = new ArrayList<>();
    database.scan(range, ALL, found::add);
    return found;
  }
}
