package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/**
 * What is not listed with each write is there for whoever asks: members by id, labels' documents.
 */
abstract class SubsetListsContract extends ContractCase {
  /** More than is listed by readers, and more than some engines file at once. */
  private static final int MANY = 300;

  private Subsets subsets;
  private SubsetDocuments p;
  private SubsetDocuments q;

  SubsetListsContract(Callable<Store> opener) {
    super(opener);
  }

  @BeforeEach
  void openSites() {
    subsets = db.subsets();
    subsets.keep();
    p = new SubsetDocuments(db, "p", subsets.feed("p"));
    q = new SubsetDocuments(db, "q", subsets.feed("q"));
    subsets.audiences(
        Map.of(Label.place("p"), Audience.of(p.feed()), Label.place("q"), Audience.of(q.feed())));
    ScopedWrites.settle(db, 100);
  }

  private static String name(int n) {
    return String.format("d%04d", n);
  }

  private void put(int from, int to, String... labels) {
    db.commit(
        IntStream.range(from, to)
            .<RevisionWrite>mapToObj(
                n -> ScopedWrites.create(name(n), ScopedWrites.json(n, labels)))
            .toList());
  }

  private void move(int n, String... labels) {
    RevId parent = Reads.winner(db, name(n)).rev();
    written(ScopedWrites.edit(name(n), parent, ScopedWrites.json(-1 - n, labels)));
  }

  private List<String> members(SubsetDocuments site, DocRange range) {
    List<String> ids = new ArrayList<>();
    subsets.members(site.feed(), range, id -> ids.add(id.text()));
    return ids;
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(SubsetListsContract::name).toList();
  }

  private static List<String> back(SubsetDocuments site, Optional<Seq> before, int limit) {
    List<String> ids = new ArrayList<>();
    site.changes(
        new ChangeRange(Seq.ZERO, limit, true, before),
        Fields.LEAVES,
        document -> ids.add(document.id().text()));
    return ids;
  }

  @Test
  void whoReadsAFeedNewestFirstGoesOnInFrontOfWhereItStopped() {
    put(0, MANY, "=p");
    put(MANY, MANY + 9, "=q");
    List<String> all = new ArrayList<>(back(p, Optional.empty(), 7));
    while (all.size() < MANY) {
      Optional<Seq> before = Reads.document(p, all.getLast()).map(StoredDocument::seq);
      all.addAll(back(p, before, 100));
    }
    assertThat(all).isEqualTo(names(0, MANY).reversed());
    assertThat(back(p, Reads.document(p, name(0)).map(StoredDocument::seq), 7)).isEmpty();
  }

  @Test
  void whatOthersGotIsNotPending() {
    put(0, 2, "=p");
    put(2, MANY, "=q");
    put(MANY, MANY + 3, "=p");
    assertThat(p.pending(Seq.ZERO)).isEqualTo(5);
    assertThat(p.pending(Reads.document(p, name(1)).orElseThrow().seq())).isEqualTo(3);
    assertThat(p.pending(p.now())).isZero();
  }

  @Test
  void whatIsWrittenOftenInOneBatchGoesWhereItsLastRevisionSays() {
    RevisionWrite.Edit first = ScopedWrites.create("a", ScopedWrites.json(1, "=p"));
    RevisionWrite.Edit second = ScopedWrites.edit("a", first.rev(), ScopedWrites.json(2, "=p"));
    RevisionWrite.Edit third = ScopedWrites.edit("a", second.rev(), ScopedWrites.json(3, "=q"));
    db.commit(List.of(first, second, third, ScopedWrites.delete("a", third.rev())));
    assertThat(members(q, DocRange.ALL)).containsExactly("a");
    assertThat(members(p, DocRange.ALL)).isEmpty();
    assertThat(q.totals()).isEqualTo(new Totals(0, 1, 0, 0));
  }

  @Test
  void membersThatNobodyListedAreFound() {
    put(0, 5, "=p");
    put(5, 9, "*");
    assertThat(members(p, DocRange.ALL)).isEqualTo(names(0, 9));
    assertThat(members(q, DocRange.ALL)).isEqualTo(names(5, 9));
  }

  @Test
  void membersThatCameBeforeAndAfterAListingStandInOneOrder() {
    put(100, 100 + MANY, "=p");
    assertThat(members(p, DocRange.ALL)).isEqualTo(names(100, 100 + MANY));
    put(0, 100, "=p");
    put(100 + MANY, 150 + MANY, "*");
    move(200, "=p");
    List<String> all = names(0, 150 + MANY);
    assertThat(members(p, DocRange.ALL)).isEqualTo(all);
    DocRange back = new DocRange(Optional.empty(), Optional.empty(), true, true);
    assertThat(members(p, back)).isEqualTo(all.reversed());
  }

  @Test
  void aRangeHoldsOfListedAndUnlistedMembersWhatIsInside() {
    put(0, MANY, "=p");
    assertThat(members(p, DocRange.ALL)).hasSize(MANY);
    put(MANY, MANY + 20, "=p");
    Optional<String> from = Optional.of(name(MANY - 2));
    Optional<String> to = Optional.of(name(MANY + 3));
    assertThat(members(p, new DocRange(from, to, true, false)))
        .isEqualTo(names(MANY - 2, MANY + 4));
    assertThat(members(p, new DocRange(from, to, false, true)))
        .isEqualTo(names(MANY - 2, MANY + 3).reversed());
    assertThat(members(p, new DocRange(to, from, true, false))).isEmpty();
  }

  @Test
  void whoeverHasEnoughStopsBetweenListedAndUnlistedMembers() {
    put(10, 10 + MANY, "=p");
    assertThat(members(p, DocRange.ALL)).hasSize(MANY);
    put(0, 10, "=p");
    List<String> seen = new ArrayList<>();
    subsets.members(
        p.feed(),
        DocRange.ALL,
        id -> {
          seen.add(id.text());
          return seen.size() < 12;
        });
    assertThat(seen).isEqualTo(names(0, 12));
  }

  @Test
  void whatLeftIsNoMemberWhetherItWasListedOrNot() {
    put(0, MANY, "=p");
    assertThat(members(p, DocRange.ALL)).hasSize(MANY);
    put(MANY, MANY + 5, "=p");
    move(7, "=q");
    move(8, "*");
    move(MANY + 1, "=q");
    move(MANY + 2, "*");
    List<String> left = new ArrayList<>(names(0, MANY + 5));
    left.removeAll(List.of(name(7), name(MANY + 1)));
    assertThat(members(p, DocRange.ALL)).isEqualTo(left);
    assertThat(members(q, DocRange.ALL))
        .containsExactly(name(7), name(8), name(MANY + 1), name(MANY + 2));
  }

  @Test
  void countsFollowDeletionsWithoutAList() {
    put(0, 4, "=p");
    put(4, 6, "*");
    written(ScopedWrites.delete(name(0), Reads.winner(db, name(0)).rev()));
    written(ScopedWrites.delete(name(4), Reads.winner(db, name(4)).rev()));
    move(1, "=q");
    assertThat(p.totals()).isEqualTo(new Totals(3, 2, 0, 0));
    assertThat(q.totals()).isEqualTo(new Totals(2, 1, 0, 0));
  }

  @Test
  void documentsFollowWhereverTheirLabelsAreNoted() {
    written(ScopedWrites.create("pat", ScopedWrites.json(1, "=p")));
    put(0, 30, "@pat");
    ScopedWrites.settle(db, 7);
    put(30, 40, "@pat");
    written(ScopedWrites.edit("pat", Reads.winner(db, "pat").rev(), ScopedWrites.json(2, "=q")));
    // In the middle of it more are written, and filed in front of those that have yet to follow.
    subsets.step(7);
    put(40, 80, "@pat");
    subsets.step(7);
    db.commit(
        IntStream.range(0, 30)
            .<RevisionWrite>mapToObj(
                n -> ScopedWrites.create("a" + n, ScopedWrites.json(n, "@pat")))
            .toList());
    ScopedWrites.settle(db, 7);
    assertThat(members(p, DocRange.ALL)).isEmpty();
    assertThat(members(q, DocRange.ALL)).hasSize(111);
  }

  @Test
  void whatLostALabelFollowsItNoMore() {
    put(0, 40, "=p");
    ScopedWrites.settle(db, 100);
    move(0, "=q");
    move(20, "=q");
    ScopedWrites.settle(db, 100);
    for (Audience now : List.of(Audience.NOBODY, Audience.of(p.feed()))) {
      subsets.audiences(Map.of(Label.place("p"), now));
      ScopedWrites.settle(db, 7);
      assertThat(members(p, DocRange.ALL)).hasSize(now.isEmpty() ? 0 : 38);
      assertThat(members(q, DocRange.ALL)).containsExactly(name(0), name(20));
    }
    move(20, "=p");
    subsets.audiences(Map.of(Label.place("p"), Audience.of(q.feed())));
    ScopedWrites.settle(db, 7);
    assertThat(members(p, DocRange.ALL)).isEmpty();
    assertThat(members(q, DocRange.ALL)).isEqualTo(names(0, 40));
  }

  @Test
  void documentsThatRulesLabelAnewAreFoundByTheirLabels() {
    put(0, 50, "=p");
    Subsets.Placed[] placed =
        IntStream.range(0, 50)
            .mapToObj(
                n ->
                    new Subsets.Placed(
                        DocId.of(name(n)),
                        Map.of(
                            Reads.winner(db, name(n)).rev(),
                            ScopedWrites.placement(Body.parse(ScopedWrites.json(n, "=r")), false))))
            .toArray(Subsets.Placed[]::new);
    subsets.place(List.of(placed).subList(10, 50));
    subsets.place(List.of(placed).subList(0, 20));
    assertThat(members(p, DocRange.ALL)).isEmpty();
    subsets.audiences(Map.of(Label.place("r"), Audience.of(q.feed())));
    ScopedWrites.settle(db, 7);
    assertThat(members(q, DocRange.ALL)).isEqualTo(names(0, 50));
  }
}
