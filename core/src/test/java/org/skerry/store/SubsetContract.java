package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.SubsetRow;
import org.skerry.store.subset.Subsets;

/** Each site gets its part of a database, and pays for that alone. */
abstract class SubsetContract extends SubsetCase {
  SubsetContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void sitesHaveNumbersOfTheirOwnAndKeepThem() {
    assertThat(p.feed()).isNotEqualTo(q.feed()).isPositive();
    assertThat(subsets.feed("p")).isEqualTo(p.feed());
    assertThat(subsets.find("p")).hasValue(p.feed());
    assertThat(subsets.find("nobody")).isEmpty();
    assertThat(subsets.feeds(List.of("q", "new")))
        .containsEntry("q", q.feed())
        .containsKey("new")
        .doesNotContainValue(p.feed());
    assertThat(subsets.kept()).isTrue();
    assertThat(subsets.audience(Label.place("p"))).isEqualTo(Audience.of(p.feed()));
    assertThat(subsets.audience(Label.place("unheard"))).isEqualTo(Audience.NOBODY);
  }

  @Test
  void aDocumentStandsInTheFeedsOfItsPlacesAndInNoOther() {
    put("a", "=p");
    put("b", "=p", "=q");
    put("c");
    put("d", "*");
    assertThat(ids(p)).containsExactly("a", "b", "d");
    assertThat(ids(q)).containsExactly("b", "d");
    assertThat(feed(p)).containsExactly("a", "b", "d");
    assertThat(feed(q)).containsExactly("b", "d");
    assertThat(look(q, "a")).isInstanceOf(Standing.Outside.class);
    assertThat(look(q, "d")).isInstanceOf(Standing.Inside.class);
    assertThat(subsets.reaches(q.feed(), ScopedWrites.placement(body("=p"), false))).isFalse();
    assertThat(subsets.reaches(p.feed(), ScopedWrites.placement(body("@b"), false))).isTrue();
    assertThat(subsets.reaches(q.feed(), ScopedWrites.placement(body("*"), false))).isTrue();
  }

  private static Body body(String... labels) {
    return Body.parse(ScopedWrites.json(0, labels));
  }

  @Test
  void aDocumentStandsOnceAtItsLastChange() {
    RevId a = put("a", "=p");
    put("b", "=p");
    Seq between = p.now();
    put("a", a, "=p");
    assertThat(feed(p)).containsExactly("b", "a");
    assertThat(Reads.ids(Reads.changes(p, between))).containsExactly("a");
    assertThat(Reads.changes(p, Seq.ZERO).getLast().seq()).isEqualTo(p.now());
    assertThat(p.pending(Seq.ZERO)).isEqualTo(2);
    assertThat(p.pending(between)).isEqualTo(1);
    assertThat(p.pending(p.now())).isZero();
  }

  @Test
  void whatOthersGetDoesNotMoveASitesFeed() {
    put("a", "=p");
    Seq end = p.now();
    put("b", "=q");
    put("c");
    assertThat(p.now()).isEqualTo(end);
    assertThat(p.changes(ChangeRange.after(end, 10), Fields.LEAVES, document -> true))
        .isEqualTo(end);
  }

  @Test
  void anObservationGoesWhereItsPatientGoes() {
    // Before, after, and together with its patient.
    put("obs1", "@pat");
    db.commit(
        List.of(
            ScopedWrites.create("obs2", ScopedWrites.json(1, "@pat")),
            ScopedWrites.create("pat", ScopedWrites.json(1, "=p")),
            ScopedWrites.create("obs3", ScopedWrites.json(1, "@pat"))));
    put("obs4", "@pat");
    settle();
    assertThat(ids(p)).containsExactly("obs1", "obs2", "obs3", "obs4", "pat");
    put("pat", Reads.winner(db, "pat").rev(), "=q");
    settle();
    assertThat(ids(p)).isEmpty();
    assertThat(ids(q)).containsExactly("obs1", "obs2", "obs3", "obs4", "pat");
  }

  @Test
  void referencesAreFollowedOverSeveralDocumentsAndInCircles() {
    put("village", "=p", "@household");
    put("household", "@village");
    put("pat", "@household");
    put("obs", "@pat");
    settle();
    assertThat(ids(p)).containsExactly("household", "obs", "pat", "village");
    put("village", Reads.winner(db, "village").rev(), "=q", "@household");
    settle();
    assertThat(ids(p)).isEmpty();
    assertThat(ids(q)).containsExactly("household", "obs", "pat", "village");
  }

  @Test
  void aPatientWithAThousandRecordsMovesInSmallSteps() {
    RevId patient = put("pat", "=p");
    db.commit(
        IntStream.range(0, 1_000)
            .<RevisionWrite>mapToObj(
                n -> ScopedWrites.create("obs" + n, ScopedWrites.json(n, "@pat")))
            .toList());
    settle();
    Seq before = q.now();
    assertThat(subsets.unsettled()).isFalse();
    put("other", "=p");
    assertThat(subsets.hasBegun()).as("nobody follows who is new").isFalse();
    put("pat", patient, "=q");
    assertThat(subsets.hasBegun()).isTrue();
    assertThat(subsets.unsettled()).isTrue();
    int steps = 0;
    int arrived = Reads.changes(q, before).size();
    while (subsets.step(64)) {
      int now = Reads.changes(q, before).size();
      assertThat(now).isBetween(arrived, arrived + 64);
      arrived = now;
      steps++;
    }
    assertThat(steps).isGreaterThanOrEqualTo(1_000 / 64);
    assertThat(subsets.unsettled()).isFalse();
    assertThat(subsets.hasBegun()).isFalse();
    assertThat(ids(q)).hasSize(1_001);
    assertThat(ids(p)).containsExactly("other");
    assertThat(feed(q)).hasSize(1_001).doesNotHaveDuplicates();
  }

  @Test
  void whatASiteCannotSeeItCannotFollow() {
    RevId rev = put("a", "=q");
    assertThat(p.commit(List.of(ScopedWrites.edit("a", rev, ScopedWrites.json(3, "=p")))))
        .containsExactly(new Outcome.Stale(List.of()));
    assertThat(p.commit(List.of(ScopedWrites.create("a", ScopedWrites.json(3, "=p")))))
        .containsExactly(new Outcome.Stale(List.of()));
    assertThat(missing(p, "a", rev)).containsExactly(rev);
    assertThat(Reads.revision(p, "a", rev)).isEmpty();
    assertThat(Reads.document(p, "a")).isEmpty();
    assertThat(Reads.leaves(db, "a")).containsExactly(rev.toString());
    assertThat(p.isTaken(DocId.of("a"))).isTrue();
    assertThat(q.isTaken(DocId.of("a"))).isFalse();
  }

  @Test
  void aConflictIsSeenByAllWhomOneOfItsSidesConcerns() {
    RevId rev = put("a", "=p");
    RevisionWrite other =
        ScopedWrites.branch("a", RevPath.of(rev), false, ScopedWrites.json(5, "=q"));
    RevId mine = put("a", rev, "=p");
    written(other);
    assertThat(Reads.leaves(p, "a")).hasSize(2);
    assertThat(Reads.leaves(q, "a")).hasSize(2);
    assertThat(p.totals().conflicted()).isEqualTo(1);
    delete("a", other.rev());
    assertThat(ids(q)).isEmpty();
    assertThat(Reads.leaves(p, "a")).contains(mine.toString());
    assertThat(p.totals().conflicted()).isZero();
  }

  @Test
  void documentsThatWereHereBeforeArePlaced() {
    DocumentStore other = store.create("other").orElseThrow();
    RevisionWrite old = Writes.create("a", "{}");
    other.commit(List.of(old));
    Subsets kept = other.subsets();
    kept.keep();
    int feed = kept.feed("p");
    kept.audiences(Map.of(Label.place("p"), Audience.of(feed)));
    SubsetDocuments site = new SubsetDocuments(other, "p", feed);
    assertThat(ids(site)).isEmpty();
    Seq before = site.now();
    Placement placement = Placement.of(Set.of(Label.place("p")), false, 3);
    kept.place(
        List.of(
            new Subsets.Placed(DocId.of("a"), Map.of(old.rev(), placement)),
            new Subsets.Placed(DocId.of("nobody"), Map.of(old.rev(), placement))));
    assertThat(Reads.ids(Reads.changes(site, before))).containsExactly("a");
    assertThat(rows(kept, feed)).extracting(SubsetRow::urgency).containsExactly(3);
    kept.place(
        List.of(
            new Subsets.Placed(
                DocId.of("a"),
                Map.of(old.rev(), Placement.of(Set.of(Label.place("p")), false, 200)))));
    assertThat(rows(kept, feed)).extracting(SubsetRow::urgency).containsExactly(200);
  }

  private static List<SubsetRow> rows(Subsets subsets, int feed) {
    List<SubsetRow> rows = new ArrayList<>();
    subsets.changes(feed, ChangeRange.after(Seq.ZERO, 100), rows::add);
    return rows;
  }

  @Test
  void aGrantedDocumentBringsThoseThatFollowIt() {
    put("pat", "=p");
    put("obs", "@pat");
    assertThat(subsets.grant(q.feed(), DocId.of("pat"), true)).isTrue();
    assertThat(subsets.grant(q.feed(), DocId.of("nobody"), true)).isFalse();
    settle();
    assertThat(ids(q)).containsExactly("obs", "pat");
    put("pat", Reads.winner(db, "pat").rev(), "=p");
    assertThat(ids(q)).containsExactly("obs", "pat");
    assertThat(subsets.grant(p.feed(), DocId.of("pat"), false)).isFalse();
    assertThat(subsets.grant(q.feed(), DocId.of("pat"), false)).isTrue();
    settle();
    assertThat(ids(q)).isEmpty();
    assertThat(ids(p)).containsExactly("obs", "pat");
  }

  @Test
  void thoseConcernedAreWokenAndNobodyElse() {
    AtomicInteger atP = new AtomicInteger();
    AtomicInteger atQ = new AtomicInteger();
    try (Registration one = p.onAdvance(atP::incrementAndGet);
        Registration other = q.onAdvance(atQ::incrementAndGet)) {
      put("a", "=p");
      assertThat(atP).hasPositiveValue();
      assertThat(atQ).hasValue(0);
      int before = atP.get();
      put("b", "=q");
      assertThat(atP).hasValue(before);
      assertThat(atQ).hasPositiveValue();
      int ofQ = atQ.get();
      put("c", "*");
      assertThat(atP).hasValueGreaterThan(before);
      assertThat(atQ).hasValueGreaterThan(ofQ);
    }
    int last = atP.get();
    put("d", "=p");
    assertThat(atP).hasValue(last);
  }

  @Test
  void limitsAndDirectionsAreKept() {
    putMany(600, n -> List.of(n % 2 == 0 ? "=p" : "=q", n % 50 == 0 ? "*" : "=p"));
    List<String> all = feed(p);
    assertThat(all).hasSize(600);
    List<String> some = new ArrayList<>();
    Seq end =
        p.changes(ChangeRange.after(Seq.ZERO, 7), Fields.LEAVES, doc -> some.add(doc.id().text()));
    assertThat(some).isEqualTo(all.subList(0, 7));
    p.changes(
        ChangeRange.after(end, Integer.MAX_VALUE), Fields.LEAVES, doc -> some.add(doc.id().text()));
    assertThat(some).isEqualTo(all);
    List<String> newest = new ArrayList<>();
    p.changes(
        new ChangeRange(Seq.ZERO, 300, true), Fields.LEAVES, doc -> newest.add(doc.id().text()));
    assertThat(newest).isEqualTo(all.reversed().subList(0, 300));
    List<String> stopped = new ArrayList<>();
    p.changes(
        ChangeRange.after(Seq.ZERO, 100),
        Fields.LEAVES,
        doc -> stopped.add(doc.id().text()) && stopped.size() < 3);
    assertThat(stopped).isEqualTo(all.subList(0, 3));
  }

  @Test
  void aScanIsAFullScanWithoutWhatIsOutside() {
    putMany(300, n -> List.of(n % 3 == 0 ? "=p" : "=q", n % 7 == 0 ? "*" : "=q"));
    List<Optional<String>> bounds =
        List.of(Optional.empty(), Optional.of("d1"), Optional.of("d150"), Optional.of("d2\ufff0"));
    for (Optional<String> from : bounds) {
      for (Optional<String> to : bounds) {
        for (boolean include : new boolean[] {true, false}) {
          for (boolean descending : new boolean[] {true, false}) {
            DocRange range = new DocRange(from, to, include, descending);
            List<String> expected =
                Reads.ids(Reads.scan(db, range)).stream()
                    .filter(id -> look(p, id) instanceof Standing.Inside)
                    .toList();
            assertThat(Reads.ids(Reads.scan(p, range))).as("%s", range).isEqualTo(expected);
          }
        }
      }
    }
  }
}
