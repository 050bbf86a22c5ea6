package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.SubsetDocuments;

/**
 * A purge is told to the sites as leaving, so that a device which is behind recognises what it has:
 * the database has forgotten the branch, and the word of it has not.
 */
abstract class SubsetPurgeContract extends ContractCase {
  private SubsetDocuments site;

  SubsetPurgeContract(Callable<Store> opener) {
    super(opener);
  }

  @BeforeEach
  void openSite() {
    db.subsets().keep();
    int feed = db.subsets().feed("p");
    db.subsets().audiences(Map.of(Label.place("p"), Audience.of(feed)));
    ScopedWrites.settle(db, 100);
    site = new SubsetDocuments(db, "p", feed);
  }

  private RevId put(String place) {
    RevisionWrite write = ScopedWrites.create("a", ScopedWrites.json(1, place));
    written(write);
    return write.rev();
  }

  private RevId put(RevId parent, long n, String place) {
    RevisionWrite write = ScopedWrites.edit("a", parent, ScopedWrites.json(n, place));
    written(write);
    return write.rev();
  }

  private void purge(RevId rev) {
    assertThat(db.purge(List.of(new PurgeRequest(DocId.of("a"), List.of(rev)))))
        .containsExactly(List.of(rev));
  }

  /** The branch of the only leaf that the site is told, without that leaf. */
  private List<RevId> told() {
    RevTree tree = Reads.document(site, "a").orElseThrow().tree().orElseThrow();
    Leaf leaf = tree.leaves().getFirst();
    assertThat(tree.leaves()).hasSize(1);
    assertThat(leaf.deleted()).isTrue();
    return tree.path(leaf.rev()).map(RevPath::revisions).orElseThrow().stream().skip(1).toList();
  }

  @Test
  void whatIsPurgedIsToldWithItsAncestors() {
    RevId first = put("=p");
    RevId second = put(first, 2, "=p");
    RevId third = put(second, 3, "=p");
    purge(third);
    assertThat(told()).containsExactly(third, second, first);
  }

  @Test
  void whatLeftBeforeItWasPurgedIsToldWithItsAncestors() {
    RevId first = put("=p");
    RevId second = put(first, 2, "=p");
    RevId away = put(second, 3, "=q");
    assertThat(told()).startsWith(second, first);
    purge(away);
    assertThat(told()).startsWith(second, first);
  }

  @Test
  void whatCameBackBeforeItWasPurgedIsToldWithItsAncestors() {
    RevId first = put("=p");
    RevId second = put(first, 2, "=p");
    db.subsets().audiences(Map.of(Label.place("p"), Audience.NOBODY));
    ScopedWrites.settle(db, 100);
    db.subsets().audiences(Map.of(Label.place("p"), Audience.of(site.feed())));
    ScopedWrites.settle(db, 100);
    purge(second);
    assertThat(told()).endsWith(second, first);
  }

  @Test
  void aLeafThatIsPurgedBesideAnotherIsToldWithItsAncestors() {
    RevId first = put("=p");
    RevId second = put(first, 2, "=p");
    RevId third = put(second, 3, "=p");
    RevisionWrite other =
        ScopedWrites.merge(
            DocId.of("a"),
            RevPath.of(RevId.parse("1-ff")),
            false,
            Body.parse(ScopedWrites.json(9, "=p")));
    written(other);
    purge(third);
    RevTree tree = Reads.document(site, "a").orElseThrow().tree().orElseThrow();
    Leaf gone = tree.leaves().stream().filter(Leaf::deleted).findFirst().orElseThrow();
    assertThat(tree.path(gone.rev()).map(RevPath::revisions).orElseThrow())
        .containsExactly(gone.rev(), third, second, first);
    assertThat(tree.isLeaf(other.rev())).isTrue();
  }

  /** A body from which no rule reads anything, not even how urgent it is. */
  private static String nowhere() {
    return LongStream.rangeClosed(1, 20)
        .mapToObj(n -> ScopedWrites.json(n, ""))
        .filter(json -> ScopedWrites.urgency(Body.parse(json)) == Placement.USUAL)
        .findFirst()
        .orElseThrow();
  }

  /** Who has a note is remembered, so that the next need not ask where it goes. */
  private void note(String id) {
    written(ScopedWrites.create(id, ScopedWrites.json(1, "@a")));
  }

  @Test
  void whoIsRememberedAndLeftBeforeItWasPurgedIsTold() {
    RevId first = put("=p");
    note("n");
    RevisionWrite away = ScopedWrites.edit("a", first, nowhere());
    written(away);
    purge(away.rev());
    assertThat(told()).startsWith(first);
    RevisionWrite late =
        ScopedWrites.merge(
            DocId.of("a"), RevPath.of(first), false, Body.parse(ScopedWrites.json(1, "=p")));
    assertThat(site.commit(List.of(late))).allMatch(Outcome.Present.class::isInstance);
  }

  @Test
  void whoIsPurgedAgainWhereNobodyHadItStillHasLeft() {
    RevId first = put("=p");
    note("n");
    purge(first);
    RevisionWrite again = ScopedWrites.create("a", nowhere());
    written(again);
    purge(again.rev());
    assertThat(told()).startsWith(first);
  }

  @Test
  void whoReturnsIsFollowedByWhatIsNotedThen() {
    RevId first = put("=p");
    note("n");
    RevisionWrite away = ScopedWrites.edit("a", first, nowhere());
    written(away);
    purge(away.rev());
    RevisionWrite back = ScopedWrites.create("a", ScopedWrites.json(7, "=p"));
    written(back);
    note("m");
    ScopedWrites.settle(db, 100);
    assertThat(Reads.document(site, "m")).isPresent();
    assertThat(Reads.document(site, "n").orElseThrow().deleted()).isFalse();
    assertThat(Reads.document(site, "a").orElseThrow().deleted()).isFalse();
  }
}
