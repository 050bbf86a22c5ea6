package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;

/** What leaves a site, comes back, or is written there meanwhile. */
abstract class SubsetReturnsContract extends SubsetCase {
  SubsetReturnsContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void whoLeavesIsToldByTombstonesAndWhoReturnsIsAlive() {
    RevId first = put("a", "=p");
    RevId second = put("a", first, "=q");
    assertThat(Reads.document(p, "a").orElseThrow().leaves())
        .hasSize(1)
        .allMatch(Leaf::deleted)
        .noneMatch(leaf -> leaf.rev().equals(second));
    assertThat(Reads.tree(p, "a").revisions()).contains(first).doesNotContain(second);
    assertThat(feed(p)).containsExactly("a");
    assertThat(Reads.body(p, "a", second)).isEmpty();
    assertThat(Reads.body(p, "a", first)).isEmpty();
    assertThat(missing(p, "a", second)).containsExactly(second);
    mean("q", q.feed(), p.feed());
    StoredDocument back = Reads.document(p, "a").orElseThrow();
    assertThat(back.deleted()).isFalse();
    assertThat(back.leaves()).containsExactly(new Leaf(second, false));
  }

  @Test
  void whatReturnsUnchangedIsANewRevisionWithTheOldContent() {
    RevId rev = put("a", "=p");
    mean("p");
    mean("p", p.feed());
    StoredDocument back = Reads.document(p, "a").orElseThrow();
    assertThat(back.winner().rev().generation()).isEqualTo(rev.generation() + 2);
    assertThat(back.revision(back.winner().rev()).orElseThrow().body())
        .isEqualTo(Reads.document(db, "a").orElseThrow().revisions().getFirst().body());
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev);
    assertThat(missing(p, "a", back.winner().rev())).isEmpty();
  }

  @Test
  void anEditOfWhatReturnedContinuesItsBranch() {
    RevId rev = put("a", "=p");
    mean("p");
    mean("p", p.feed());
    RevId shown = Reads.winner(p, "a").rev();
    RevisionWrite edit = ScopedWrites.edit("a", shown, ScopedWrites.json(9, "=p"));
    assertThat(p.commit(List.of(edit)).getFirst()).isInstanceOf(Outcome.Written.class);
    assertThat(Reads.leaves(db, "a")).containsExactly(edit.rev().toString());
    assertThat(Reads.tree(db, "a").descends(edit.rev(), rev)).isTrue();
    assertThat(Reads.leaves(p, "a")).containsExactly(edit.rev().toString());
    assertThat(p.commit(List.of(ScopedWrites.edit("a", shown, ScopedWrites.json(10, "=p")))))
        .first()
        .isInstanceOf(Outcome.Stale.class);
  }

  @Test
  void echoesThatADeviceBringsBackGoNoFurther() {
    put("a", "=p");
    mean("p");
    StoredDocument left = Reads.document(p, "a").orElseThrow();
    RevId echo = left.winner().rev();
    RevisionWrite whole =
        ScopedWrites.merge(
            DocId.of("a"), left.tree().orElseThrow().path(echo).orElseThrow(), true, Body.EMPTY);
    RevisionWrite alone = ScopedWrites.merge(DocId.of("a"), RevPath.of(echo), true, Body.EMPTY);
    assertThat(p.commit(List.of(whole, alone))).allMatch(Outcome.Present.class::isInstance);
    assertThat(Reads.document(db, "a").orElseThrow().deleted()).isFalse();
  }

  @Test
  void aLateEditIsTakenAndGivenBack() {
    RevId rev = put("a", "=p");
    put("a", rev, "=q");
    RevisionWrite late =
        ScopedWrites.branch("a", RevPath.of(rev), false, ScopedWrites.json(7, "=q"));
    Seq before = p.now();
    assertThat(p.commit(List.of(late)).getFirst()).isInstanceOf(Outcome.Written.class);
    assertThat(Reads.leaves(db, "a")).hasSize(2).contains(late.rev().toString());
    assertThat(Reads.leaves(q, "a")).hasSize(2);
    StoredDocument told = Reads.changes(p, before).getFirst();
    assertThat(told.leaves()).allMatch(Leaf::deleted);
    assertThat(told.tree().orElseThrow().contains(late.rev())).isTrue();
  }

  @Test
  void aTombstoneGoesWhereTheDocumentWent() {
    RevId rev = put("a", "=p");
    RevId tombstone = delete("a", rev);
    assertThat(Reads.leaves(p, "a")).containsExactly(tombstone + "x");
    assertThat(p.totals()).isEqualTo(new Totals(0, 1, 0, 0));
    assertThat(Reads.document(q, "a")).isEmpty();
    mean("p");
    assertThat(Reads.document(p, "a").orElseThrow().deleted()).isTrue();
    assertThat(ids(p)).isEmpty();
  }

  @Test
  void whatWasPurgedIsToldAsLeft() {
    put("a", "=p");
    RevId gone = put("b", "=p");
    RevId left = put("c", "=p");
    put("c", left, "=q");
    assertThat(p.totals().documents()).isEqualTo(2);
    db.purge(List.of(new PurgeRequest(DocId.of("b"), List.of(gone))));
    db.purge(List.of(new PurgeRequest(DocId.of("c"), List.of(Reads.winner(db, "c").rev()))));
    assertThat(feed(p)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(ids(p)).containsExactly("a");
    assertThat(feed(q)).containsExactly("c");
    assertThat(p.totals().documents()).isEqualTo(1);
    assertThat(look(p, "b")).isInstanceOf(Standing.Left.class);
    put("b", "=q");
    assertThat(ids(q)).containsExactly("b");
  }

  @Test
  void whatEveryoneHadAndGivesBackIsGivenBackByEveryone() {
    RevId rev = put("a", "*");
    SubsetDocuments later = site("later");
    assertThat(ids(later)).containsExactly("a");
    put("a", rev, "=p");
    assertThat(ids(p)).containsExactly("a");
    assertThat(feed(p)).containsExactly("a");
    assertThat(Reads.leaves(p, "a")).hasSize(1).noneMatch(leaf -> leaf.endsWith("x"));
    assertThat(Reads.document(q, "a").orElseThrow().deleted()).isTrue();
    assertThat(feed(q)).containsExactly("a");
    assertThat(ids(later)).isEmpty();
  }
}
