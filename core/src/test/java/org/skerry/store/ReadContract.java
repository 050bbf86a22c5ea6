package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.store.Writes.id;
import static org.skerry.store.Writes.merge;
import static org.skerry.store.Writes.mergeTombstone;
import static org.skerry.store.Writes.rev;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.skerry.revision.RevId;

/** Documents and revisions by name; what a replica misses; what is counted. */
abstract class ReadContract extends ContractCase {
  ReadContract(Callable<Store> opener) {
    super(opener);
  }

  private void conflict() {
    db.commit(
        List.of(
            merge("a", "3-c", "2-b", "1-a"),
            merge("a", "3-d", "2-b", "1-a"),
            mergeTombstone("a", "4-x", "3-y", "2-b")));
  }

  @Test
  void documentsComeInTheOrderAskedForAndUnknownOnesAreLeftOut() {
    create("a", "{}");
    create("b", "{}");
    create("c", "{}");
    assertThat(Reads.ids(Reads.load(db, Fields.LEAVES, "c", "?", "a", "c", "_design/x", "b")))
        .containsExactly("c", "a", "c", "b");
    assertThat(Reads.load(db, Fields.LEAVES)).isEmpty();
  }

  @Test
  void aVisitorThatHasEnoughEndsTheVisit() {
    create("a", "{}");
    create("b", "{}");
    List<StoredDocument> seen = new ArrayList<>();
    db.load(List.of(id("a"), id("b")), Fields.LEAVES, document -> !seen.add(document));
    assertThat(Reads.ids(seen)).containsExactly("a");
  }

  @Test
  void anExceptionOfTheVisitorReachesTheCaller() {
    create("a", "{}");
    assertThatThrownBy(
            () ->
                db.load(
                    List.of(id("a")),
                    Fields.LEAVES,
                    document -> {
                      throw new IllegalArgumentException("enough");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("enough");
    assertThat(Reads.leaves(db, "a")).as("and harms nothing").hasSize(1);
  }

  @Test
  void fieldsDecideHowMuchComes() {
    conflict();
    StoredDocument leaves = Reads.load(db, Fields.LEAVES, "a").getFirst();
    assertThat(Reads.leaves(leaves)).containsExactly("3-d", "3-c", "4-xx");
    assertThat(leaves.tree()).isEmpty();
    assertThat(leaves.revisions()).isEmpty();

    StoredDocument winner = Reads.load(db, Fields.WINNER, "a").getFirst();
    assertThat(winner.tree()).isEmpty();
    assertThat(winner.revisions()).extracting(StoredRevision::rev).containsExactly(rev("3-d"));
    assertThat(winner.leaves()).isEqualTo(leaves.leaves());

    StoredDocument tree = Reads.load(db, Fields.TREE, "a").getFirst();
    assertThat(tree.tree().orElseThrow().size()).isEqualTo(6);
    assertThat(tree.tree().orElseThrow().leaves()).isEqualTo(leaves.leaves());
    assertThat(tree.revisions()).isEmpty();

    StoredDocument all = Reads.load(db, Reads.ALL, "a").getFirst();
    assertThat(all.revisions())
        .extracting(StoredRevision::rev)
        .containsExactly(rev("3-d"), rev("3-c"), rev("4-x"));
    assertThat(all.revisions())
        .extracting(StoredRevision::deleted)
        .containsExactly(false, false, true);
    assertThat(all.revision(rev("3-c")).orElseThrow().body()).hasToString("{\"rev\":\"3-c\"}");
    assertThat(all.seq()).isEqualTo(leaves.seq()).isEqualTo(db.now());
  }

  @Test
  void revisionsComeInTheOrderAskedFor() {
    conflict();
    RevId b = create("b", "{\"v\":1}");
    List<RevisionRef> asked =
        List.of(
            new RevisionRef(id("b"), b),
            new RevisionRef(id("a"), rev("4-x")),
            new RevisionRef(id("none"), rev("1-a")),
            new RevisionRef(id("a"), rev("2-b")),
            new RevisionRef(id("a"), rev("9-z")),
            new RevisionRef(id("a"), rev("3-c")),
            new RevisionRef(id("b"), b));
    List<RevisionRef> visited = new ArrayList<>();
    List<Optional<RevisionVisitor.Found>> found = new ArrayList<>();
    db.read(
        asked,
        (ref, revision) -> {
          visited.add(ref);
          found.add(revision);
        });
    assertThat(visited).isEqualTo(asked);
    assertThat(found)
        .extracting(revision -> revision.map(f -> f.path().revisions().toString()).orElse("-"))
        .containsExactly(
            "[" + b + "]", "[4-x, 3-y, 2-b, 1-a]", "-", "-", "-", "[3-c, 2-b, 1-a]", "[" + b + "]");
    assertThat(found.get(1).orElseThrow().revision().deleted()).isTrue();
    assertThat(found.getFirst().orElseThrow().revision().body()).hasToString("{\"v\":1}");
  }

  @Test
  void aSupersededRevisionIsReadUntilCompaction() {
    RevId first = create("a", "{\"v\":1}");
    edit("a", first, "{\"v\":2}");
    assertThat(Reads.body(db, "a", first)).contains("{\"v\":1}");
  }

  /** An engine that reads them into one buffer must not mix them up. */
  @Test
  void bodiesOfVeryDifferentLengthsAreReadOneAfterAnother() {
    SplittableRandom random = new SplittableRandom(1);
    Map<RevId, String> bodies = new LinkedHashMap<>();
    RevId last = create("a", "{}");
    for (int digits : new int[] {10, 100_000, 30, 1_200, 400, 5_000, 16}) {
      byte[] noise = new byte[digits / 2];
      random.nextBytes(noise);
      String json = "{\"noise\":\"" + HexFormat.of().formatHex(noise) + "\"}";
      last = edit("a", last, json);
      bodies.put(last, json);
    }
    Map<RevId, String> found = new LinkedHashMap<>();
    db.read(
        bodies.keySet().stream().map(rev -> new RevisionRef(id("a"), rev)).toList(),
        (ref, revision) ->
            found.put(ref.rev(), revision.orElseThrow().revision().body().toString()));
    assertThat(found).isEqualTo(bodies);
  }

  @Test
  void missingNamesWhatIsNotHereAndWhatADifferenceCouldBuildOn() {
    conflict();
    create("b", "{}");
    List<String> answers = new ArrayList<>();
    db.missing(
        List.of(
            new RevisionQuery(id("a"), List.of(rev("5-q"), rev("3-c"), rev("1-a"), rev("4-p"))),
            new RevisionQuery(id("b"), List.of(Reads.winner(db, "b").rev())),
            new RevisionQuery(id("c"), List.of(rev("2-c"), rev("1-c"))),
            new RevisionQuery(id("a"), List.of(rev("1-other"))),
            new RevisionQuery(id("a"), List.of())),
        (id, missing, ancestors) ->
            answers.add(id + " " + missing + " " + ancestors.stream().sorted().toList()));
    assertThat(answers)
        .containsExactly("a [5-q, 4-p] [3-c, 3-d, 4-x]", "c [2-c, 1-c] []", "a [1-other] []");
  }

  @Test
  void totalsFollowEveryWrite() {
    assertThat(db.totals()).isEqualTo(Totals.NONE);
    RevId first = create("a", "{}");
    create("b", "{}");
    assertThat(db.totals()).isEqualTo(new Totals(2, 0, 0, 0));
    RevisionWrite deletion = Writes.delete("a", first);
    written(deletion);
    assertThat(db.totals()).isEqualTo(new Totals(1, 1, 0, 0));
    edit("a", deletion.rev(), "{}");
    assertThat(db.totals()).isEqualTo(new Totals(2, 0, 0, 0));
    commit(Writes.create("a", "{}"));
    assertThat(db.totals()).as("stale").isEqualTo(new Totals(2, 0, 0, 0));
    written(mergeTombstone("never-seen", "2-b", "1-a"));
    assertThat(db.totals()).isEqualTo(new Totals(2, 1, 0, 0));
  }

  @Test
  void conflictsAreCountedWhileTheyAreOpen() {
    written(merge("a", "2-b", "1-a"));
    assertThat(db.totals().conflicted()).isZero();
    written(merge("a", "2-c", "1-a"));
    assertThat(db.totals().conflicted()).isEqualTo(1);
    written(merge("a", "2-d", "1-a"));
    assertThat(db.totals()).as("once a document").isEqualTo(new Totals(1, 0, 1, 0));
    written(Writes.delete("a", rev("2-d")));
    assertThat(db.totals().conflicted()).isEqualTo(1);
    written(Writes.delete("a", rev("2-c")));
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 0));
    written(Writes.delete("a", rev("2-b")));
    assertThat(db.totals()).isEqualTo(new Totals(0, 1, 0, 0));
  }

  @Test
  void aConflictThatBeginsAndEndsInOneBatchIsNotCounted() {
    db.commit(
        List.of(
            merge("a", "2-b", "1-a"), merge("a", "2-c", "1-a"), Writes.delete("a", rev("2-c"))));
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 0, 0));
  }

  @Test
  void sizesAreNotNegative() {
    create("a", "{\"text\":\"" + "x".repeat(10_000) + "\"}");
    Sizes sizes = db.sizes();
    assertThat(sizes.file()).isNotNegative();
    assertThat(sizes.external()).isNotNegative();
    assertThat(sizes.active()).isNotNegative();
  }
}
