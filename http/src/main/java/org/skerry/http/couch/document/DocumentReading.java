package org.skerry.http.couch.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.RevInfo;

/** Finds revisions for readers, and what readers want to see beside them. */
final class DocumentReading {
  private final DocumentStore store;

  DocumentReading(DocumentStore store) {
    this.store = store;
  }

  /** A document with those fields; nothing when it never existed. */
  Optional<StoredDocument> load(DocId id, Fields fields) {
    List<StoredDocument> found = new ArrayList<>(1);
    store.load(List.of(id), fields, found::add);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /**
   * The winner, which must be live.
   *
   * @throws HttpProblem 404, with CouchDB's distinction of {@code missing} and {@code deleted}
   */
  StoredDocument live(DocId id, Fields fields) {
    StoredDocument document = load(id, fields).orElseThrow(() -> HttpProblem.notFound("missing"));
    if (document.deleted()) {
      throw HttpProblem.notFound("deleted");
    }
    return document;
  }

  /** One revision with its branch; nothing when it is not here. */
  Optional<Found> revision(DocId id, RevId rev) {
    return revisions(id, List.of(rev)).getFirst();
  }

  /** Revisions with their branches, in the order asked for. */
  List<Optional<Found>> revisions(DocId id, List<RevId> revs) {
    List<Optional<Found>> found = new ArrayList<>(revs.size());
    store.read(
        revs.stream().map(rev -> new RevisionRef(id, rev)).toList(),
        (ref, there) -> found.add(there));
    return found;
  }

  /**
   * The leaves that descend from any of the revisions; a revision that is not known stays itself.
   */
  List<RevId> latest(DocId id, List<RevId> revs) {
    Optional<RevTree> tree = load(id, Fields.TREE).flatMap(StoredDocument::tree);
    List<RevId> latest = new ArrayList<>();
    Set<RevId> seen = new HashSet<>();
    for (RevId rev : revs) {
      List<RevId> leaves =
          tree.map(known -> known.leavesOf(rev)).orElse(List.of()).stream().map(Leaf::rev).toList();
      for (RevId leaf : leaves.isEmpty() ? List.of(rev) : leaves) {
        if (seen.add(leaf)) {
          latest.add(leaf);
        }
      }
    }
    return latest;
  }

  /** What is shown beside the winner. */
  DocumentExtras extras(StoredDocument document, ReadOptions options) {
    RevId winner = document.winner().rev();
    Optional<RevPath> path =
        options.needsPath() ? document.tree().flatMap(tree -> tree.path(winner)) : Optional.empty();
    List<RevInfo> infos =
        options.revsInfo()
            ? path.map(branch -> infos(document, branch)).orElse(List.of())
            : List.of();
    return new DocumentExtras(
        options.revs() ? path : Optional.empty(),
        infos,
        options.conflicts() ? others(document, leaf -> !leaf.deleted()) : List.of(),
        options.deletedConflicts() ? others(document, Leaf::deleted) : List.of(),
        options.localSeq() ? Optional.of(Long.toString(document.seq().number())) : Optional.empty(),
        AttachmentForm.STUBS,
        options.encodingInfo());
  }

  private static List<RevId> others(StoredDocument document, Predicate<Leaf> which) {
    return document.leaves().stream().skip(1).filter(which).map(Leaf::rev).toList();
  }

  private List<RevInfo> infos(StoredDocument document, RevPath branch) {
    Set<RevId> available = new HashSet<>();
    store.read(
        branch.revisions().stream().map(rev -> new RevisionRef(document.id(), rev)).toList(),
        (ref, found) -> found.ifPresent(there -> available.add(ref.rev())));
    RevTree tree = document.tree().orElseThrow();
    return branch.revisions().stream()
        .map(rev -> new RevInfo(rev, status(tree, rev, available)))
        .toList();
  }

  private static RevInfo.Status status(RevTree tree, RevId rev, Set<RevId> available) {
    if (!available.contains(rev)) {
      return RevInfo.Status.MISSING;
    }
    return tree.isTombstone(rev) ? RevInfo.Status.DELETED : RevInfo.Status.AVAILABLE;
  }

  /**
   * Which attachments' bytes a reader lacks who has some revisions of the branch: those that came
   * later ({@code atts_since}).
   */
  static Predicate<AttachmentRef> lacking(RevPath path, List<RevId> since) {
    Set<RevId> known = new HashSet<>(since);
    int newestKnown =
        path.revisions().stream()
            .filter(known::contains)
            .mapToInt(RevId::generation)
            .max()
            .orElse(0);
    return attachment -> attachment.revpos() > newestKnown;
  }
}
