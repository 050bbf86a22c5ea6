package org.skerry.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.subset.SubsetDocuments;

/**
 * A device of a site, which knows CouchDB's protocol and nothing of subsets: it pulls leaves that
 * it has not, pushes leaves that the other side has not, and keeps a tree for each document.
 */
final class SubsetDevice {
  /** What a revision says. */
  record Content(Body body, boolean deleted) {}

  private final SubsetDocuments centre;
  private final Map<String, RevTree> trees = new TreeMap<>();
  private final Map<RevId, Content> contents = new HashMap<>();

  /** Documents of which the centre may not have everything. */
  private final TreeSet<String> changed = new TreeSet<>();

  private Seq since = Seq.ZERO;

  SubsetDevice(SubsetDocuments centre) {
    this.centre = centre;
  }

  SubsetDocuments centre() {
    return centre;
  }

  RevTree tree(String id) {
    return trees.getOrDefault(id, RevTree.empty());
  }

  /** Documents whose winner lives. */
  List<String> ids() {
    return trees.entrySet().stream()
        .filter(entry -> !entry.getValue().leaves().getFirst().deleted())
        .map(Map.Entry::getKey)
        .toList();
  }

  Content content(RevId rev) {
    return contents.get(rev);
  }

  /** All that was ever read or written here. */
  List<Body> bodies() {
    return contents.values().stream().map(Content::body).toList();
  }

  Body winner(String id) {
    return contents.get(tree(id).leaves().getFirst().rev()).body();
  }

  List<String> liveBodies(String id) {
    return tree(id).leaves().stream()
        .filter(leaf -> !leaf.deleted())
        .map(leaf -> contents.get(leaf.rev()).body().toString())
        .toList();
  }

  /** Edits offline, on top of a leaf; returns the revision. */
  RevId edit(String id, Optional<RevId> parent, boolean deleted, String json) {
    Body body = Body.parse(json);
    RevId rev = RevisionHash.next(parent, deleted, body, List.of());
    RevPath path = parent.map(known -> follow(rev, id, known)).orElseGet(() -> RevPath.of(rev));
    learn(id, path, new Content(body, deleted));
    return rev;
  }

  private RevPath follow(RevId rev, String id, RevId parent) {
    List<RevId> path = new ArrayList<>(tree(id).path(parent).orElseThrow().revisions());
    path.addFirst(rev);
    return new RevPath(path);
  }

  private void learn(String id, RevPath path, Content content) {
    trees.put(id, tree(id).merge(path, content.deleted()).tree());
    contents.putIfAbsent(path.newest(), content);
    changed.add(id);
  }

  /** Pulls at most so many changes; returns whether there were any. */
  boolean pull(int limit) {
    List<StoredDocument> found = new ArrayList<>();
    since = centre.changes(ChangeRange.after(since, limit), Fields.LEAVES, found::add);
    for (StoredDocument document : found) {
      for (Leaf leaf : document.leaves()) {
        if (!tree(document.id().text()).contains(leaf.rev())) {
          pull(document.id(), leaf.rev());
        }
      }
    }
    return !found.isEmpty();
  }

  private void pull(DocId id, RevId rev) {
    centre.read(
        List.of(new RevisionRef(id, rev)),
        (ref, found) ->
            found.ifPresent(
                there ->
                    learn(
                        id.text(),
                        there.path(),
                        new Content(there.revision().body(), there.revision().deleted()))));
  }

  void pullAll(int limit) {
    while (pull(limit)) {
      // There is more.
    }
  }

  /** Pushes what the centre does not have. */
  void push() {
    List<RevisionQuery> queries = new ArrayList<>();
    for (String id : changed) {
      queries.add(
          new RevisionQuery(DocId.of(id), tree(id).leaves().stream().map(Leaf::rev).toList()));
    }
    changed.clear();
    List<RevisionWrite> writes = new ArrayList<>();
    centre.missing(
        queries,
        (id, revs, ancestors) -> {
          for (RevId rev : revs) {
            Content content = contents.get(rev);
            RevPath path = tree(id.text()).path(rev).orElseThrow();
            writes.add(ScopedWrites.merge(id, path, content.deleted(), content.body()));
          }
        });
    centre.commit(writes);
  }

  @Override
  public String toString() {
    return "device of " + centre.feed();
  }
}
