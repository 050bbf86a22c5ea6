package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;

/** What one site can read, at a moment when everything has followed. */
final class SubsetSight {
  private final DocumentStore db;
  private final SubsetDocuments site;
  private final List<String> ids;
  private final List<String> expected;
  private final CharSequence sofar;

  /**
   * @param ids of all documents that there may be
   * @param expected those of them that the site has
   * @param sofar what happened, for whoever reads what went wrong
   */
  SubsetSight(
      DocumentStore db,
      SubsetDocuments site,
      List<String> ids,
      List<String> expected,
      CharSequence sofar) {
    this.db = db;
    this.site = site;
    this.ids = ids;
    this.expected = expected;
    this.sofar = sofar;
  }

  private RevTree tree(String id) {
    return Reads.tree(db, id);
  }

  void check() {
    List<String> members = new ArrayList<>();
    db.subsets().members(site.feed(), DocRange.ALL, id -> members.add(id.text()));
    assertThat(members).as("%smembers of %s", sofar, site.feed()).isEqualTo(expected);
    assertThat(Reads.ids(Reads.scan(site, DocRange.ALL))).as("%s", sofar).isEqualTo(expected);
    feed();
    totals();
    for (String id : ids) {
      if (expected.contains(id)) {
        inside(id);
      } else {
        outside(id);
      }
    }
  }

  private void feed() {
    List<StoredDocument> feed = Reads.changes(site, Seq.ZERO);
    List<String> ids = Reads.ids(feed);
    assertThat(ids).as("%sfeed of %s", sofar, site.feed()).doesNotHaveDuplicates();
    assertThat(ids).as("%sfeed of %s", sofar, site.feed()).containsAll(expected);
    assertThat(feed).extracting(document -> document.seq().number()).as("%s", sofar).isSorted();
    List<StoredDocument> back = new ArrayList<>();
    site.changes(new ChangeRange(Seq.ZERO, 100, true), Reads.ALL, back::add);
    assertThat(back.reversed()).as("%s", sofar).isEqualTo(feed);
    assertThat(site.pending(Seq.ZERO)).as("%s", sofar).isGreaterThanOrEqualTo(feed.size());
    for (StoredDocument document : feed) {
      if (!expected.contains(document.id().text())) {
        assertThat(document.leaves()).as("%sleft %s", sofar, document).allMatch(Leaf::deleted);
      }
    }
  }

  private void totals() {
    long live = expected.stream().filter(id -> !tree(id).leaves().getFirst().deleted()).count();
    long conflicted = expected.stream().filter(id -> live(tree(id)).size() > 1).count();
    Totals totals = site.totals();
    assertThat(totals.documents()).as("%s", sofar).isEqualTo(live);
    assertThat(totals.tombstones()).as("%s", sofar).isEqualTo(expected.size() - live);
    assertThat(totals.conflicted()).as("%s", sofar).isEqualTo(conflicted);
  }

  private static List<RevId> live(RevTree tree) {
    return tree.leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList();
  }

  /** All that is there, and nothing twice. */
  private void inside(String id) {
    RevTree whole = tree(id);
    StoredDocument seen = Reads.document(site, id).orElseThrow();
    assertThat(liveBodies(seen))
        .as("%s%s at %s", sofar, id, site.feed())
        .containsExactlyInAnyOrderElementsOf(liveBodies(Reads.document(db, id).orElseThrow()));
    assertThat(seen.tree().orElseThrow().revisions())
        .as("%s", sofar)
        .containsAll(whole.revisions());
    assertThat(seen.tree().orElseThrow().leaves()).as("%s", sofar).isEqualTo(seen.leaves());
    for (RevId rev : whole.revisions()) {
      assertThat(Reads.body(site, id, rev)).as("%s", sofar).isEqualTo(Reads.body(db, id, rev));
    }
    for (Leaf leaf : seen.leaves()) {
      assertThat(Reads.revision(site, id, leaf.rev()).orElseThrow().path())
          .as("%s", sofar)
          .isEqualTo(seen.tree().orElseThrow().path(leaf.rev()).orElseThrow());
      assertThat(missing(id, leaf.rev())).as("%s", sofar).isEmpty();
    }
    assertThat(missing(id, RevId.of(99, "unknown"))).as("%s", sofar).hasSize(1);
  }

  private List<String> liveBodies(StoredDocument document) {
    return document.revisions().stream()
        .filter(revision -> !revision.deleted())
        .map(revision -> revision.body().toString())
        .toList();
  }

  /** Nothing of it, not even whether it is there. */
  private void outside(String id) {
    Standing standing = db.subsets().look(site.feed(), List.of(DocId.of(id))).getFirst();
    Optional<StoredDocument> seen = Reads.document(site, id);
    for (RevId rev : tree(id).revisions()) {
      assertThat(Reads.revision(site, id, rev))
          .as("%s%s of %s at %s", sofar, rev, id, site.feed())
          .isEmpty();
    }
    if (standing instanceof Standing.Outside) {
      assertThat(seen).as("%s", sofar).isEmpty();
      tree(id).revisions().forEach(rev -> assertThat(missing(id, rev)).hasSize(1));
    } else {
      seen.ifPresent(
          document -> {
            assertThat(document.leaves()).as("%s", sofar).isNotEmpty().allMatch(Leaf::deleted);
            assertThat(document.revisions())
                .as("%s", sofar)
                .allMatch(revision -> revision.body().toString().equals("{}"));
            document
                .leaves()
                .forEach(leaf -> assertThat(missing(id, leaf.rev())).as("%s", sofar).isEmpty());
          });
    }
  }

  private List<RevId> missing(String id, RevId rev) {
    List<RevId> found = new ArrayList<>();
    site.missing(
        List.of(new RevisionQuery(DocId.of(id), List.of(rev))),
        (doc, revs, ancestors) -> found.addAll(revs));
    return found;
  }
}
