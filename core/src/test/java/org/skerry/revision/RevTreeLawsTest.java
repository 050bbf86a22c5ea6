package org.skerry.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.revision.Histories.Branch;
import org.skerry.revision.Merged.Change;
import org.skerry.testing.Seeded;

/** The laws, on thousands of histories made by chance. */
@ExtendWith(Seeded.class)
class RevTreeLawsTest {
  private static final int ROUNDS = 3_000;

  /** One check of one law. */
  private interface Law {
    void check(Histories history, SplittableRandom random);
  }

  private static void always(SplittableRandom random, Law law) {
    for (int round = 0; round < ROUNDS; round++) {
      law.check(new Histories(random), random);
    }
  }

  private static RevTree anyTree(Histories history, SplittableRandom random) {
    return Histories.merged(history.branches(random.nextInt(8)));
  }

  @Test
  void theOrderOfMergesDoesNotMatter(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          List<Branch> branches = history.branches(random.nextInt(10));
          RevTree tree = Histories.merged(branches);
          RevTree other = Histories.merged(history.shuffled(branches));
          assertThat(other).isEqualTo(tree).hasSameHashCodeAs(tree);
          assertThat(other.leaves()).isEqualTo(tree.leaves());
        });
  }

  @Test
  void mergingIsUnion(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          Branch branch = history.branch();
          RevTree merged = tree.merge(branch.path(), branch.tombstone()).tree();
          assertThat(merged)
              .isEqualTo(tree.union(RevTree.of(branch.path(), branch.tombstone())))
              .isEqualTo(RevTree.of(branch.path(), branch.tombstone()).union(tree));
        });
  }

  @Test
  void unionIsCommutativeAssociativeAndIdempotent(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree a = anyTree(history, random);
          RevTree b = anyTree(history, random);
          RevTree c = anyTree(history, random);
          assertThat(a.union(b)).isEqualTo(b.union(a));
          assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
          assertThat(a.union(a)).isEqualTo(a);
          assertThat(a.union(b).union(b)).isEqualTo(a.union(b));
          assertThat(a.union(RevTree.empty())).isEqualTo(a);
          assertThat(RevTree.empty().union(a)).isEqualTo(a);
        });
  }

  @Test
  void aMergeTwiceIsAMergeOnce(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          Branch branch = history.branch();
          RevTree once = tree.merge(branch.path(), branch.tombstone()).tree();
          Merged twice = once.merge(branch.path(), branch.tombstone());
          assertThat(twice.tree()).isEqualTo(once);
          assertThat(twice.change()).isEqualTo(Change.INTERNAL_NODE);
        });
  }

  @Test
  void nothingIsLostAndEveryAnswerIsTheModels(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          List<Branch> branches = history.branches(random.nextInt(10));
          assertSame(Histories.merged(branches), NaiveTree.of(branches), history, random);
        });
  }

  /** Every question, asked of both. */
  private static void assertSame(
      RevTree tree, NaiveTree model, Histories history, SplittableRandom random) {
    assertThat(tree.revisions()).isEqualTo(model.revisions());
    assertThat(tree.size()).isEqualTo(model.revisions().size());
    assertThat(tree.isEmpty()).isEqualTo(model.revisions().isEmpty());
    assertThat(tree.leaves()).isEqualTo(model.leaves());
    assertThat(tree.winner()).isEqualTo(model.leaves().stream().findFirst());
    assertThat(tree).isEqualTo(model.tree());
    List<RevId> all = history.revisions();
    assertThat(tree.missing(all))
        .isEqualTo(all.stream().filter(rev -> !model.contains(rev)).toList());
    for (RevId rev : all) {
      assertThat(tree.contains(rev)).isEqualTo(model.contains(rev));
      assertThat(tree.isTombstone(rev)).isEqualTo(model.isTombstone(rev));
      assertThat(tree.leaf(rev))
          .isEqualTo(model.leaves().stream().filter(leaf -> leaf.rev().equals(rev)).findFirst());
      assertThat(tree.isLeaf(rev)).isEqualTo(tree.leaf(rev).isPresent());
      assertThat(tree.path(rev).map(RevPath::revisions).orElse(List.of()))
          .isEqualTo(model.path(rev));
      assertThat(tree.parent(rev)).isEqualTo(model.path(rev).stream().skip(1).findFirst());
      assertThat(tree.possibleAncestors(rev))
          .isEqualTo(
              model.leaves().stream()
                  .map(Leaf::rev)
                  .filter(leaf -> leaf.generation() < rev.generation())
                  .toList());
      RevId other = all.get(random.nextInt(all.size()));
      assertThat(tree.descends(rev, other)).isEqualTo(model.ancestors(rev).containsKey(other));
      assertThat(tree.commonAncestor(rev, other)).isEqualTo(model.commonAncestor(rev, other));
      assertThat(tree.leavesOf(rev))
          .isEqualTo(
              model.leaves().stream()
                  .filter(leaf -> model.ancestors(leaf.rev()).containsKey(rev))
                  .toList());
    }
  }

  @Test
  void theWinnerDependsOnTheLeavesAlone(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          RevTree bare = RevTree.empty();
          for (Leaf leaf : history.shuffled(tree.leaves())) {
            bare = bare.merge(RevPath.of(leaf.rev()), leaf.deleted()).tree();
          }
          assertThat(bare.winner()).isEqualTo(tree.winner());
          assertThat(bare.leaves()).isEqualTo(tree.leaves());
        });
  }

  @Test
  void aLiveLeafWinsOverEveryTombstoneAndThenDepthAndThenHash() {
    RevTree tree = RevTree.empty();
    for (String text : List.of("3-a", "2-f", "2-a")) {
      tree = tree.merge(RevPath.of(RevId.parse(text)), false).tree();
    }
    tree = tree.merge(RevPath.of(RevId.parse("9-z")), true).tree();
    assertThat(tree.leaves().toString())
        .isEqualTo(
            "[Leaf[rev=3-a, deleted=false], Leaf[rev=2-f, deleted=false],"
                + " Leaf[rev=2-a, deleted=false], Leaf[rev=9-z, deleted=true]]");
  }

  @Test
  void theChangeTellsHowThePathMetTheTree(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          List<Branch> branches = history.branches(random.nextInt(8));
          RevTree tree = Histories.merged(branches);
          NaiveTree model = NaiveTree.of(branches);
          Branch branch = history.branch();
          Change change = tree.merge(branch.path(), branch.tombstone()).change();
          boolean meetsLeaf =
              branch.path().revisions().stream()
                  .anyMatch(rev -> model.leaves().stream().anyMatch(l -> l.rev().equals(rev)));
          if (model.contains(branch.path().newest())) {
            assertThat(change).isEqualTo(Change.INTERNAL_NODE);
          } else {
            assertThat(change)
                .isEqualTo(tree.isEmpty() || meetsLeaf ? Change.NEW_LEAF : Change.NEW_BRANCH);
          }
        });
  }

  @Test
  void stemmingKeepsLeavesAndWinner(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          List<Branch> branches = history.branches(random.nextInt(10));
          RevTree tree = Histories.merged(branches);
          int limit = 1 + random.nextInt(14);
          RevTree stemmed = tree.stem(limit);
          assertThat(stemmed.leaves()).isEqualTo(tree.leaves());
          assertThat(stemmed).isEqualTo(NaiveTree.of(branches).stem(limit).tree());
          assertThat(stemmed.stem(limit)).isEqualTo(stemmed);
          int other = 1 + random.nextInt(14);
          assertThat(stemmed.stem(other)).isEqualTo(tree.stem(Math.min(limit, other)));
          assertThat(stemmed.union(tree)).isEqualTo(tree);
        });
  }

  @Test
  void aDeepStemIsIdentity(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          assertThat(tree.stem(1_000)).isSameAs(tree);
          assertThat(tree.stem(Integer.MAX_VALUE)).isSameAs(tree);
        });
  }

  @Test
  void whatStemmingForgetsAndWhatItKeepsIsAll(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          int limit = 1 + random.nextInt(14);
          assertThat(tree.stem(limit).union(tree.stemmed(limit))).isEqualTo(tree);
          if (tree.stem(limit).equals(tree)) {
            assertThat(tree.stemmed(limit).isEmpty()).isTrue();
          }
        });
  }

  @Test
  void forgettingLeavesTakesWhatOnlyTheyDescendFrom(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          List<Branch> branches = history.branches(random.nextInt(10));
          RevTree tree = Histories.merged(branches);
          List<RevId> purged =
              history.shuffled(history.revisions()).stream().limit(random.nextInt(6)).toList();
          RevTree without = tree.without(purged);
          assertThat(without)
              .isEqualTo(NaiveTree.of(branches).without(new HashSet<>(purged)).tree());
          List<Leaf> left = new ArrayList<>(tree.leaves());
          left.removeIf(leaf -> purged.contains(leaf.rev()));
          assertThat(without.leaves()).isEqualTo(left);
        });
  }

  @Test
  void anEditNeverLosesALeafButItsParent(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          if (tree.isEmpty()) {
            return;
          }
          Leaf parent = tree.leaves().get(random.nextInt(tree.leaves().size()));
          RevId rev = RevId.of(parent.rev().generation() + 1, "edit");
          boolean deleted = random.nextBoolean();
          Merged merged = tree.merge(RevPath.of(rev, parent.rev()), deleted);
          assertThat(merged.change()).isEqualTo(Change.NEW_LEAF);
          List<Leaf> expected = new ArrayList<>(tree.leaves());
          expected.remove(parent);
          expected.add(new Leaf(rev, deleted));
          expected.sort(Leaf.WINNER_FIRST);
          assertThat(merged.tree().leaves()).isEqualTo(expected);
          assertThat(merged.tree().parent(rev)).isEqualTo(Optional.of(parent.rev()));
          assertThat(merged.tree().size()).isEqualTo(tree.size() + 1);
        });
  }

  @Test
  void aValueIsNeverChanged(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          byte[] before = RevTreeCodec.encode(tree);
          Branch branch = history.branch();
          tree.merge(branch.path(), branch.tombstone());
          tree.stem(1 + random.nextInt(3));
          tree.union(anyTree(history, random));
          tree.without(history.revisions());
          assertThat(RevTreeCodec.encode(tree)).isEqualTo(before);
        });
  }

  @Test
  void commonAncestorsOfLiveLeavesArePartings(SplittableRandom seeded) {
    always(
        seeded,
        (history, random) -> {
          RevTree tree = anyTree(history, random);
          List<RevId> live =
              tree.leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList();
          for (RevId one : live) {
            for (RevId other : live.subList(0, live.indexOf(one))) {
              assertThat(tree.partings())
                  .containsAll(tree.commonAncestor(one, other).stream().toList());
            }
          }
        });
  }
}
