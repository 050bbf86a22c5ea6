package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.store.Writes.merge;
import static org.skerry.store.Writes.rev;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skerry.revision.RevId;

/** Compaction removes what nobody can ask for with right, and nothing else. */
abstract class CompactionContract extends ContractCase {
  CompactionContract(Callable<Store> opener) {
    super(opener);
  }

  private void compact() {
    db.compact((done, total) -> true);
  }

  @Test
  void bodiesOfSupersededRevisionsGoAndTheirNamesStay() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    RevId third = edit("a", second, "{\"v\":3}");
    compact();
    assertThat(Reads.body(db, "a", first)).isEmpty();
    assertThat(Reads.body(db, "a", second)).isEmpty();
    assertThat(Reads.body(db, "a", third)).contains("{\"v\":3}");
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(third, second, first);
    assertThat(commit(merge("a", second.toString(), first.toString())))
        .isEqualTo(new Outcome.Present());
    assertThat(Reads.body(db, "a", edit("a", third, "{\"v\":4}"))).contains("{\"v\":4}");
  }

  @Test
  void theCommonAncestorOfAnOpenConflictKeepsItsBody() {
    db.commit(
        List.of(
            merge("a", "1-a"),
            merge("a", "2-b", "1-a"),
            merge("a", "3-c", "2-b", "1-a"),
            merge("a", "3-d", "2-b", "1-a"),
            merge("a", "4-e", "3-d", "2-b", "1-a")));
    compact();
    assertThat(Reads.body(db, "a", rev("2-b"))).contains("{\"rev\":\"2-b\"}");
    assertThat(Reads.body(db, "a", rev("3-c"))).isPresent();
    assertThat(Reads.body(db, "a", rev("4-e"))).isPresent();
    assertThat(Reads.body(db, "a", rev("3-d"))).isEmpty();
    assertThat(Reads.body(db, "a", rev("1-a"))).isEmpty();
  }

  @Test
  void everyPairOfConflictingLeavesKeepsItsAncestor() {
    db.commit(
        List.of(
            merge("a", "1-a"),
            merge("a", "2-b", "1-a"),
            merge("a", "3-c", "2-b", "1-a"),
            merge("a", "3-d", "2-b", "1-a"),
            merge("a", "2-e", "1-a")));
    compact();
    for (String kept : List.of("1-a", "2-b", "3-c", "3-d", "2-e")) {
      assertThat(Reads.body(db, "a", rev(kept))).as(kept).isPresent();
    }
  }

  @Test
  void aResolvedConflictNeedsNoAncestor() {
    db.commit(List.of(merge("a", "1-a"), merge("a", "2-b", "1-a"), merge("a", "2-c", "1-a")));
    compact();
    assertThat(Reads.body(db, "a", rev("1-a"))).isPresent();
    written(Writes.delete("a", rev("2-b")));
    compact();
    assertThat(Reads.body(db, "a", rev("1-a"))).isEmpty();
    assertThat(Reads.body(db, "a", rev("2-b"))).isEmpty();
    assertThat(Reads.body(db, "a", rev("2-c"))).isPresent();
  }

  @Test
  void tombstonesAreLeavesAndStay() {
    RevisionWrite deletion = Writes.delete("a", create("a", "{\"v\":1}"));
    written(deletion);
    compact();
    assertThat(Reads.leaves(db, "a")).containsExactly(deletion.rev() + "x");
    assertThat(Reads.body(db, "a", deletion.rev())).contains("{}");
  }

  @Test
  void treesShrinkToTheLimit() {
    written(merge("a", "5-e", "4-d", "3-c", "2-b", "1-a"));
    db.revsLimit(2);
    compact();
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev("5-e"), rev("4-d"));
    assertThat(Reads.body(db, "a", rev("5-e"))).isPresent();
    assertThat(Reads.ids(Reads.changes(db, Seq.ZERO))).containsExactly("a");
  }

  @Test
  void itMayBeStoppedAndBegunAgain() {
    List<RevId> firsts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      firsts.add(create("d" + i, "{\"v\":1}"));
      edit("d" + i, firsts.getLast(), "{\"v\":2}");
    }
    db.compact((done, total) -> false);
    for (int i = 0; i < 50; i++) {
      assertThat(Reads.document(db, "d" + i).orElseThrow().revisions()).hasSize(1);
    }
    compact();
    for (int i = 0; i < 50; i++) {
      assertThat(Reads.body(db, "d" + i, firsts.get(i))).isEmpty();
      assertThat(Reads.document(db, "d" + i).orElseThrow().revisions().getFirst().body())
          .hasToString("{\"v\":2}");
    }
  }

  @Test
  void itTellsHowFarItIs() {
    for (int i = 0; i < 20; i++) {
      create("d" + i, "{}");
    }
    List<Long> seen = new ArrayList<>();
    db.compact(
        (done, total) -> {
          assertThat(done).isBetween(0L, total);
          return seen.add(done);
        });
    assertThat(seen).isSorted();
  }

  @Test
  void othersWriteMeanwhile() {
    for (int i = 0; i < 20; i++) {
      create("d" + i, "{\"v\":1}");
    }
    AtomicBoolean once = new AtomicBoolean();
    db.compact(
        (done, total) -> {
          if (once.compareAndSet(false, true)) {
            for (int i = 0; i < 20; i++) {
              edit("d" + i, Reads.winner(db, "d" + i).rev(), "{\"v\":2}");
            }
            create("new", "{}");
          }
          return true;
        });
    compact();
    for (int i = 0; i < 20; i++) {
      assertThat(Reads.document(db, "d" + i).orElseThrow().revisions().getFirst().body())
          .as("whether or not there was a call in between")
          .hasToString(once.get() ? "{\"v\":2}" : "{\"v\":1}");
    }
  }

  @Test
  void compactingAnEmptyDatabaseIsNothing() {
    compact();
    assertThat(Reads.scan(db, DocRange.ALL)).isEmpty();
  }
}
