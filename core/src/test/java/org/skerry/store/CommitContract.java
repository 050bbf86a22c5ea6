package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.store.Writes.merge;
import static org.skerry.store.Writes.mergeTombstone;
import static org.skerry.store.Writes.rev;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.Body;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;

/** What becomes of revisions that are written. */
abstract class CommitContract extends ContractCase {
  CommitContract(Callable<Store> opener) {
    super(opener);
  }

  private void assertStale(RevisionWrite write, String... leaves) {
    Seq before = db.now();
    assertThat(commit(write))
        .isInstanceOfSatisfying(
            Outcome.Stale.class,
            stale ->
                assertThat(stale.leaves())
                    .extracting(leaf -> leaf.rev() + (leaf.deleted() ? "x" : ""))
                    .containsExactly(leaves));
    assertThat(db.now()).as("nothing was written").isEqualTo(before);
  }

  @Test
  void aFirstEditCreatesTheDocument() {
    RevId first = create("a", "{\"v\":1}");
    assertThat(Reads.leaves(db, "a")).containsExactly(first.toString());
    assertThat(Reads.body(db, "a", first)).contains("{\"v\":1}");
  }

  @Test
  void anEditFollowsALeaf() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    assertThat(Reads.leaves(db, "a")).containsExactly(second.toString());
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(second, first);
    assertThat(Reads.body(db, "a", first)).as("until compaction").contains("{\"v\":1}");
  }

  @Test
  void anEditWhoseParentWasFollowedIsStale() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    assertStale(Writes.edit("a", first, "{\"v\":3}"), second.toString());
    assertStale(Writes.delete("a", first), second.toString());
    assertThat(Reads.tree(db, "a").size()).isEqualTo(2);
  }

  @Test
  void anEditThatNamesAnUnknownParentIsStale() {
    RevId first = create("a", "{\"v\":1}");
    assertStale(Writes.edit("a", rev("1-x"), "{}"), first.toString());
    assertStale(Writes.edit("unknown", rev("1-x"), "{}"));
    assertThat(Reads.document(db, "unknown")).isEmpty();
  }

  @Test
  void creatingWhatExistsIsStale() {
    RevId first = create("a", "{\"v\":1}");
    assertStale(Writes.create("a", "{\"v\":2}"), first.toString());
    assertStale(Writes.create("a", "{\"v\":1}"), first.toString());
  }

  @Test
  void creatingOverATombstoneIsStale() {
    RevisionWrite.Edit deletion = Writes.delete("a", create("a", "{\"v\":1}"));
    written(deletion);
    assertStale(Writes.create("a", "{\"v\":2}"), deletion.rev() + "x");
  }

  @Test
  void anEditOfATombstoneBringsTheDocumentBack() {
    RevisionWrite.Edit deletion = Writes.delete("a", create("a", "{\"v\":1}"));
    written(deletion);
    assertThat(Reads.document(db, "a").orElseThrow().deleted()).isTrue();
    RevId third = edit("a", deletion.rev(), "{\"v\":3}");
    assertThat(Reads.leaves(db, "a")).containsExactly(third.toString());
    assertThat(third.generation()).isEqualTo(3);
  }

  @Test
  void aTombstoneKeepsItsBody() {
    RevId first = create("a", "{\"v\":1}");
    RevisionWrite deletion =
        Writes.edit("a", Optional.of(first), true, "{\"why\":\"moved\"}", List.of());
    written(deletion);
    StoredDocument document = Reads.document(db, "a").orElseThrow();
    assertThat(document.deleted()).isTrue();
    assertThat(document.revisions().getFirst().deleted()).isTrue();
    assertThat(document.revisions().getFirst().body()).hasToString("{\"why\":\"moved\"}");
  }

  @Test
  void anEditOfALosingLeafLeavesTheOtherSideAlone() {
    db.commit(List.of(merge("a", "2-b", "1-a"), merge("a", "2-c", "1-a")));
    RevId third = edit("a", rev("2-b"), "{\"v\":3}");
    assertThat(Reads.leaves(db, "a")).containsExactly(third.toString(), "2-c");
    assertThat(Reads.body(db, "a", rev("2-c"))).contains("{\"rev\":\"2-c\"}");
  }

  @Test
  void deletingTheWinnerPromotesTheNextLeaf() {
    db.commit(List.of(merge("a", "2-b", "1-a"), merge("a", "2-c", "1-a")));
    RevisionWrite.Edit deletion = Writes.delete("a", rev("2-c"));
    written(deletion);
    assertThat(Reads.leaves(db, "a")).containsExactly("2-b", deletion.rev() + "x");
    assertThat(Reads.document(db, "a").orElseThrow().deleted()).isFalse();
  }

  @Test
  void mergingTwiceChangesNothing() {
    written(merge("a", "3-c", "2-b", "1-a"));
    Seq before = db.now();
    assertThat(commit(merge("a", "3-c", "2-b", "1-a"))).isEqualTo(new Outcome.Present());
    assertThat(commit(merge("a", "3-c", "2-b"))).isEqualTo(new Outcome.Present());
    assertThat(commit(merge("a", "3-c"))).isEqualTo(new Outcome.Present());
    assertThat(db.now()).isEqualTo(before);
  }

  @Test
  void mergingAKnownAncestorChangesNothing() {
    written(merge("a", "3-c", "2-b", "1-a"));
    Seq before = db.now();
    assertThat(commit(merge("a", "2-b", "1-a"))).isEqualTo(new Outcome.Present());
    assertThat(db.now()).isEqualTo(before);
    assertThat(Reads.leaves(db, "a")).containsExactly("3-c");
  }

  @Test
  void aRevisionThatIsHereStaysAsItWas() {
    written(merge("a", "1-a"));
    RevisionWrite.Merge other =
        new RevisionWrite.Merge(
            Writes.id("a"), Writes.path("1-a"), false, Body.parse("{\"forged\":true}"), List.of());
    assertThat(commit(other)).isEqualTo(new Outcome.Present());
    assertThat(Reads.body(db, "a", rev("1-a"))).contains("{\"rev\":\"1-a\"}");
  }

  @Test
  void anAncestorThatCameWithoutABodyStaysWithoutOne() {
    written(merge("a", "3-c", "2-b", "1-a"));
    assertThat(commit(merge("a", "2-b", "1-a"))).isEqualTo(new Outcome.Present());
    written(merge("a", "2-b", "1-z"));
    assertThat(Reads.body(db, "a", rev("2-b"))).isEmpty();
  }

  @Test
  void mergingBesideALeafIsAConflict() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    written(merge("a", "2-ffffffffffffffffffffffffffffffff", first.toString()));
    assertThat(Reads.leaves(db, "a"))
        .containsExactly("2-ffffffffffffffffffffffffffffffff", second.toString());
  }

  @Test
  void historiesWithoutACommonRevisionStandSideBySide() {
    written(merge("a", "1-a"));
    written(merge("a", "2-c", "1-b"));
    assertThat(Reads.leaves(db, "a")).containsExactly("2-c", "1-a");
  }

  @Test
  void aPathThatTellsOfUnknownAncestorsJoinsWhatStoodApart() {
    written(merge("a", "1-a"));
    written(merge("a", "3-c"));
    assertThat(Reads.leaves(db, "a")).containsExactly("3-c", "1-a");
    written(merge("a", "3-c", "2-b", "1-a"));
    assertThat(Reads.leaves(db, "a")).containsExactly("3-c");
  }

  @Test
  void aRevisionWithTwoParentsIsOneLeaf() {
    written(merge("a", "3-c", "2-a"));
    written(merge("a", "3-c", "2-b"));
    assertThat(Reads.leaves(db, "a")).containsExactly("3-c");
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev("3-c"), rev("2-b"), rev("2-a"));
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    List<RevisionWrite> writes =
        List.of(
            merge("a", "4-d", "3-c", "2-b", "1-a"),
            merge("a", "3-e", "2-b", "1-a"),
            mergeTombstone("a", "3-f", "2-g", "1-a"),
            merge("a", "2-g", "1-a"),
            merge("a", "1-z"),
            mergeTombstone("a", "2-y", "1-z"));
    db.commit(writes);
    RevTree expected = Reads.tree(db, "a");
    for (int seed = 0; seed < 20; seed++) {
      List<RevisionWrite> shuffled = new ArrayList<>(writes);
      Collections.shuffle(shuffled, new Random(seed));
      DocumentStore other = store.create("order" + seed).orElseThrow();
      shuffled.forEach(write -> other.commit(List.of(write)));
      assertThat(Reads.tree(other, "a").leaves()).as("seed %d", seed).isEqualTo(expected.leaves());
      assertThat(Reads.tree(other, "a").revisions()).isEqualTo(expected.revisions());
    }
  }

  @Test
  void writesOfOneDocumentInABatchFollowOneAnother() {
    RevisionWrite first = Writes.create("a", "{\"v\":1}");
    RevisionWrite second = Writes.edit("a", first.rev(), "{\"v\":2}");
    RevisionWrite stale = Writes.edit("a", first.rev(), "{\"v\":3}");
    RevisionWrite third = Writes.edit("a", second.rev(), "{\"v\":4}");
    List<Outcome> outcomes = db.commit(List.of(first, second, stale, third));
    assertThat(outcomes)
        .extracting(Outcome::getClass)
        .extracting(Class::getSimpleName)
        .containsExactly("Written", "Written", "Stale", "Written");
    assertThat(((Outcome.Stale) outcomes.get(2)).leaves())
        .extracting(leaf -> leaf.rev())
        .containsExactly(second.rev());
    assertThat(Reads.leaves(db, "a")).containsExactly(third.rev().toString());
    assertThat(Reads.body(db, "a", second.rev())).contains("{\"v\":2}");
    assertThat(Reads.changes(db, Seq.ZERO)).hasSize(1);
    assertThat(((Outcome.Written) outcomes.get(3)).seq())
        .isEqualTo(Reads.document(db, "a").orElseThrow().seq());
  }

  @Test
  void outcomesStandInTheOrderOfTheWrites() {
    create("c", "{}");
    written(merge("m", "1-a"));
    List<Outcome> outcomes =
        db.commit(
            List.of(
                Writes.create("d", "{}"),
                Writes.create("c", "{}"),
                merge("m", "1-a"),
                Writes.create("b", "{}"),
                merge("m", "2-b", "1-a"),
                Writes.edit("none", rev("1-a"), "{}")));
    assertThat(outcomes)
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("Written", "Stale", "Present", "Written", "Written", "Stale");
    for (int i : new int[] {0, 3, 4}) {
      String id = List.of("d", "c", "m", "b", "m").get(i);
      assertThat(((Outcome.Written) outcomes.get(i)).seq())
          .isEqualTo(Reads.document(db, id).orElseThrow().seq());
    }
  }

  @Test
  void anEmptyBatchIsNothing() {
    Seq before = db.now();
    assertThat(db.commit(List.of())).isEmpty();
    assertThat(db.now()).isEqualTo(before);
  }

  @Test
  void aLargeBatchIsWrittenWhole() {
    List<RevisionWrite> batch =
        IntStream.range(0, 3_000)
            .<RevisionWrite>mapToObj(i -> Writes.create("d" + i, "{\"i\":" + i + "}"))
            .toList();
    assertThat(db.commit(batch)).hasSize(3_000).allMatch(Outcome.Written.class::isInstance);
    assertThat(Reads.changes(db, Seq.ZERO)).hasSize(3_000);
    assertThat(db.totals().documents()).isEqualTo(3_000);
    assertThat(Reads.body(db, "d2718", batch.get(2718).rev())).contains("{\"i\":2718}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\n\t\"a\" : 1.10 ,\r\n \"b\":[ ]}",
        "{\"n\":100000000000000000000000000000000000001e-7,\"m\":-0.0}",
        "{\"ü\":\"\\u00fc\\ud83d\\ude00😀\",\"\\u0000\":\"\\u0000\"}",
        "{\"z\":1,\"a\":2,\"\":{\"_id\":\"inner\"}}"
      })
  void bodiesComeBackByteForByte(String json) {
    RevId first = create("a", json);
    assertThat(Reads.body(db, "a", first)).contains(json);
    assertThat(Reads.load(db, Fields.WINNER, "a").getFirst().revisions().getFirst().body())
        .hasToString(json);
  }

  @Test
  void aLargeBodyComesBack() {
    String json = "{\"text\":\"" + "0123456789abcdef".repeat(1 << 16) + "\"}";
    RevId first = create("large", json);
    assertThat(Reads.body(db, "large", first)).contains(json);
  }

  @Test
  void revisionsOfOtherProgramsKeepTheirNames() {
    String odd = "2-Ünïcode/😀?" + "x".repeat(200);
    written(merge("a", odd, "1-00000000000000000000000000000000"));
    assertThat(Reads.leaves(db, "a")).containsExactly(odd);
    assertThat(Reads.revision(db, "a", rev(odd)).orElseThrow().path().revisions())
        .containsExactly(rev(odd), rev("1-00000000000000000000000000000000"));
  }

  @Test
  void aNewDatabaseRemembersAThousandRevisionsOfABranch() {
    assertThat(db.revsLimit()).isEqualTo(1_000);
    RevId rev = create("a", "{}");
    List<RevisionWrite> edits = new ArrayList<>();
    for (int i = 2; i <= 1_100; i++) {
      edits.add(Writes.edit("a", rev, "{\"v\":" + i + "}"));
      rev = edits.getLast().rev();
    }
    assertThat(db.commit(edits)).allMatch(Outcome.Written.class::isInstance);
    RevTree tree = Reads.tree(db, "a");
    assertThat(tree.size()).isEqualTo(1_000);
    assertThat(tree.revisions().getLast().generation()).isEqualTo(101);
    assertThat(Reads.leaves(db, "a")).containsExactly(rev.toString());
  }

  @Test
  void aLowerLimitShortensWhatIsWrittenAfterwards() {
    db.revsLimit(3);
    assertThat(db.revsLimit()).isEqualTo(3);
    written(merge("a", "5-e", "4-d", "3-c", "2-b", "1-a"));
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(rev("5-e"), rev("4-d"), rev("3-c"));
    RevId sixth = edit("a", rev("5-e"), "{}");
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(sixth, rev("5-e"), rev("4-d"));
    written(merge("a", "6-0", "5-x", "4-d"));
    assertThat(Reads.leaves(db, "a")).hasSize(2);
    assertThat(Reads.tree(db, "a").contains(rev("4-d"))).isTrue();
    assertThat(commit(merge("a", "5-e", "4-d", "3-c", "2-b", "1-a")))
        .as("ancestors beyond the limit are nothing new")
        .isEqualTo(new Outcome.Present());
  }

  @Test
  void aLimitOfOneKeepsTheLeafAlone() {
    db.revsLimit(1);
    RevId first = create("a", "{}");
    RevId second = edit("a", first, "{\"v\":2}");
    assertThat(Reads.tree(db, "a").revisions()).containsExactly(second);
    assertThat(Reads.revision(db, "a", second).orElseThrow().path()).isEqualTo(RevPath.of(second));
    RevId third = edit("a", second, "{\"v\":3}");
    assertThat(Reads.leaves(db, "a")).containsExactly(third.toString());
  }

  private static RevisionWrite settle(RevisionWrite.Edit edit, RevId... live) {
    return new RevisionWrite.Settle(edit, Set.of(live));
  }

  @Test
  void aSettlementIsWrittenAsAWhole() {
    RevId base = create("a", "{\"v\":0}");
    RevId one = edit("a", base, "{\"v\":1}");
    commit(merge("a", "2-ff", base.toString()));
    RevId other = rev("2-ff");
    RevId winner = one.compareTo(other) > 0 ? one : other;
    RevId loser = winner.equals(one) ? other : one;
    RevisionWrite.Edit merged = Writes.edit("a", winner, "{\"v\":3}");
    RevisionWrite.Edit kept = Writes.edit("a", Optional.of(winner), true, "{\"w\":1}", List.of());
    RevisionWrite.Edit gone = Writes.edit("a", Optional.of(loser), true, "{\"w\":2}", List.of());
    List<Outcome> outcomes =
        db.commit(
            List.of(
                settle(merged, winner, loser),
                settle(kept, merged.rev(), loser),
                settle(gone, merged.rev(), loser)));
    assertThat(outcomes).allMatch(Outcome.Written.class::isInstance);
    assertThat(Reads.leaves(db, "a"))
        .startsWith(merged.rev().toString())
        .containsExactlyInAnyOrder(merged.rev().toString(), kept.rev() + "x", gone.rev() + "x");
    assertThat(Reads.body(db, "a", kept.rev())).contains("{\"w\":1}");
    assertThat(db.totals().conflicted()).isZero();
  }

  @Test
  void aSettlementOfOtherLeavesIsStaleAsAWhole() {
    RevId base = create("a", "{\"v\":0}");
    RevId one = edit("a", base, "{\"v\":1}");
    commit(merge("a", "2-ff", base.toString()));
    commit(merge("a", "2-aa", base.toString()));
    RevisionWrite.Edit merged = Writes.edit("a", one, "{\"v\":3}");
    RevisionWrite.Edit gone = Writes.edit("a", Optional.of(rev("2-ff")), true, "{}", List.of());
    List<String> before = Reads.leaves(db, "a");
    List<Outcome> outcomes =
        db.commit(
            List.of(settle(merged, one, rev("2-ff")), settle(gone, merged.rev(), rev("2-ff"))));
    assertThat(outcomes).allMatch(Outcome.Stale.class::isInstance);
    assertThat(Reads.leaves(db, "a")).isEqualTo(before);
    assertThat(db.totals().conflicted()).isEqualTo(1);
  }

  /** So many that they are found by other means than a few. */
  @Test
  void aDocumentMayHaveVeryManyLeaves() {
    List<RevisionWrite> writes = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      writes.add(merge("a", "1-" + i));
    }
    assertThat(db.commit(writes)).allMatch(Outcome.Written.class::isInstance);
    assertThat(Reads.leaves(db, "a")).hasSize(50);
    writes.clear();
    for (int i = 10; i < 60; i++) {
      // One path joins what were two leaves, one ends another, the rest only grow or stay.
      writes.add(i % 2 == 0 ? merge("a", "2-" + i, "1-" + i) : merge("a", "1-" + i));
    }
    writes.add(mergeTombstone("a", "3-20", "2-20", "1-20"));
    writes.add(merge("a", "2-new", "1-11"));
    db.commit(writes);
    List<String> leaves = Reads.leaves(db, "a");
    assertThat(leaves).hasSize(50).contains(rev("2-10") + "", rev("1-13") + "", rev("2-new") + "");
    assertThat(leaves).doesNotContain(rev("1-10") + "", rev("1-11") + "", rev("2-20") + "");
    for (String leaf : leaves) {
      RevId rev = RevId.parse(leaf.replace("x", ""));
      assertThat(Reads.body(db, "a", rev)).isPresent();
    }
    assertThat(Reads.body(db, "a", rev("2-58")))
        .hasValueSatisfying(body -> assertThat(body).contains("2-58"));
  }
}
