package org.skerry.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/** What stands on the disks of a simulation with subsets. */
final class SubsetView {
  private SubsetView() {}

  /** Leaves of documents that live, by document. */
  static Map<String, Set<String>> live(DocumentStore store) {
    Map<String, Set<String>> all = new TreeMap<>();
    store.scan(DocRange.ALL, Fields.LEAVES, document -> put(all, document));
    return all;
  }

  static boolean put(Map<String, Set<String>> all, StoredDocument document) {
    if (!document.deleted()) {
      Set<String> leaves = new HashSet<>();
      document.leaves().forEach(leaf -> leaves.add(leaf.rev() + (leaf.deleted() ? "~" : "")));
      all.put(document.id().text(), leaves);
    }
    return true;
  }

  /** What is wrong with what a site has, which pushes over that link. */
  static Optional<String> wrong(SubsetSimulation.Seat seat, SimulatedLink push) {
    Map<String, Set<String>> has = live(seat.node().onDisk().orElseThrow());
    Map<String, Set<String>> shall = subset(seat);
    withoutRefused(seat, push, has, shall);
    return has.equals(shall)
        ? Optional.empty()
        : Optional.of(
            seat.node().name()
                + " has\n"
                + has
                + "\nand its centre gives it\n"
                + shall
                + "\nin the words\n"
                + told(seat));
  }

  /**
   * What a site began for another one before the centre knew of it is refused: then the site is
   * told, and has it still. So is a deletion. What it follows may come to the centre later, by a
   * request that was long on its way: then the site is to have that, and has it as an ancestor.
   */
  private static void withoutRefused(
      SubsetSimulation.Seat seat,
      SimulatedLink push,
      Map<String, Set<String>> has,
      Map<String, Set<String>> shall) {
    shall.forEach((id, leaves) -> leaves.removeAll(followedByRefused(seat, push, DocId.of(id))));
    has.forEach((id, leaves) -> leaves.removeIf(leaf -> isRefused(push, revision(id, leaf))));
    List.of(has, shall)
        .forEach(
            side ->
                side.values()
                    .removeIf(leaves -> leaves.stream().allMatch(leaf -> leaf.endsWith("~"))));
  }

  /** Ancestors that a site has, where one that follows them was refused, or its deletion. */
  private static Set<String> followedByRefused(
      SubsetSimulation.Seat seat, SimulatedLink push, DocId id) {
    Set<String> followed = new HashSet<>();
    seat.node()
        .document(id)
        .filter(
            document ->
                document.leaves().stream()
                    .anyMatch(leaf -> isRefused(push, new RevisionRef(id, leaf.rev()))))
        .flatMap(StoredDocument::tree)
        .ifPresent(
            tree ->
                tree.revisions().stream()
                    .filter(rev -> !tree.isLeaf(rev))
                    .forEach(rev -> followed.add(rev.toString())));
    return followed;
  }

  private static boolean isRefused(SimulatedLink push, RevisionRef leaf) {
    return push.refused(leaf.id(), leaf.rev()) && !has(push.target(), leaf);
  }

  /** One of the leaves that {@link #live} names. */
  private static RevisionRef revision(String id, String leaf) {
    return new RevisionRef(DocId.of(id), RevId.parse(leaf.replace("~", "")));
  }

  /** The site's feed. */
  private static String told(SubsetSimulation.Seat seat) {
    StringBuilder rows = new StringBuilder();
    new SubsetDocuments(
            seat.centre().onDisk().orElseThrow(),
            seat.name(),
            seat.centre().onDisk().orElseThrow().subsets().find(seat.name()).orElseThrow())
        .changes(
            ChangeRange.after(Seq.ZERO, Integer.MAX_VALUE),
            Fields.TREE,
            document -> {
              rows.append(document).append('\n');
              return true;
            });
    return rows.toString();
  }

  /** What a site is to have: the members of its subset, as the centre has them. */
  private static Map<String, Set<String>> subset(SubsetSimulation.Seat seat) {
    DocumentStore whole = seat.centre().onDisk().orElseThrow();
    List<DocId> ids = new ArrayList<>();
    Subsets subsets = whole.subsets();
    subsets.members(subsets.find(seat.name()).orElseThrow(), DocRange.ALL, ids::add);
    Map<String, Set<String>> all = new TreeMap<>();
    whole.load(ids, Fields.LEAVES, document -> put(all, document));
    return all;
  }

  static boolean has(SimulatedNode node, RevisionRef one) {
    return node.document(one.id())
        .flatMap(StoredDocument::tree)
        .filter(tree -> tree.contains(one.rev()))
        .isPresent();
  }
}
