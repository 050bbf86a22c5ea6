package org.skerry.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skerry.changes.ChangesRequest.Style;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

class ChangesFeedTest {
  private final DocumentStore store = Edits.database();
  private final ChangesFeed feed = new ChangesFeed(store);
  private final Rows rows = new Rows();

  /** Rows as a client would see them. */
  private static final class Rows implements ChangeSink {
    private final List<String> ids = new ArrayList<>();
    private final List<List<Leaf>> revisions = new ArrayList<>();
    private final List<StoredDocument> documents = new ArrayList<>();
    private int idles;

    @Override
    public boolean change(StoredDocument document, List<Leaf> shown) {
      ids.add(document.id().text());
      revisions.add(shown);
      documents.add(document);
      return true;
    }

    @Override
    public boolean idle(Seq at) {
      idles++;
      return true;
    }
  }

  private void write(int documents) {
    for (int i = 0; i < documents; i++) {
      Edits.create(store, "doc" + i);
    }
  }

  private static ChangeFilter.DocIds ids(String... ids) {
    return new ChangeFilter.DocIds(Stream.of(ids).map(DocId::of).collect(Collectors.toSet()));
  }

  @Test
  void anEmptyDatabaseHasNoChanges() {
    assertThat(feed.read(ChangesRequest.ALL, Seq.ZERO, rows)).isEqualTo(new Page(Seq.ZERO, 0));
  }

  @Test
  void aDocumentStandsWhereItChangedLast() {
    RevId first = Edits.create(store, "a");
    Edits.create(store, "b");
    Edits.change(store, "a", first);
    Page page = feed.read(ChangesRequest.ALL, Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("b", "a");
    assertThat(page).isEqualTo(new Page(Seq.of(3), 2));
  }

  @Test
  void readingResumesBehindThePosition() {
    write(5);
    Page page = feed.read(ChangesRequest.ALL, Seq.of(3), rows);
    assertThat(rows.ids).containsExactly("doc3", "doc4");
    assertThat(page.lastSeq()).isEqualTo(Seq.of(5));
  }

  @Test
  void moreChangesThanOneBatchAreReadToTheEnd() {
    write(4_500);
    Page page = feed.read(ChangesRequest.ALL, Seq.ZERO, rows);
    assertThat(page).isEqualTo(new Page(Seq.of(4_500), 4_500));
    assertThat(rows.ids).hasSize(4_500).doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrittenWhileReadingWaitsForTheNextReading() {
    write(3);
    ChangeSink writing =
        (document, leaves) -> {
          rows.change(document, leaves);
          Edits.create(store, "later" + rows.ids.size());
          return true;
        };
    Page page = feed.read(ChangesRequest.ALL, Seq.ZERO, writing);
    assertThat(page).isEqualTo(new Page(Seq.of(3), 3));
    assertThat(feed.read(ChangesRequest.ALL, page.lastSeq(), rows).rows()).isEqualTo(3);
  }

  @Test
  void aLimitEndsTheReadingAtItsLastRow() {
    write(5);
    Page page = feed.read(ChangesRequest.ALL.withLimit(2), Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("doc0", "doc1");
    assertThat(page).isEqualTo(new Page(Seq.of(2), 2));
    assertThat(feed.pending(page.lastSeq())).isEqualTo(3);
  }

  @Test
  void aDocumentThatChangedAgainIsPendingOnce() {
    RevId rev = Edits.create(store, "a");
    Edits.create(store, "b");
    for (int i = 0; i < 5; i++) {
      rev = Edits.change(store, "a", rev);
    }
    assertThat(feed.pending(Seq.ZERO)).isEqualTo(2);
    assertThat(feed.pending(Seq.of(2))).isEqualTo(1);
    assertThat(feed.pending(store.now())).isZero();
    assertThat(feed.pending(Seq.of(100))).isZero();
  }

  @Test
  void aLimitOfZeroGivesNoRowsAndStaysWhereItWas() {
    write(5);
    Page page = feed.read(ChangesRequest.ALL.withLimit(0), Seq.of(1), rows);
    assertThat(page).isEqualTo(new Page(Seq.of(1), 0));
  }

  @Test
  void aSinkThatHasEnoughEndsTheReading() {
    write(5);
    Page page = feed.read(ChangesRequest.ALL, Seq.ZERO, (document, leaves) -> false);
    assertThat(page).isEqualTo(new Page(Seq.of(1), 1));
  }

  @Test
  void descendingShowsTheNewestFirst() {
    write(4);
    Page page = feed.read(ChangesRequest.ALL.withDescending(true).withLimit(2), Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("doc3", "doc2");
    assertThat(page.lastSeq()).isEqualTo(Seq.of(3));
  }

  /** Reads newest first in pages, to the start. */
  private void readBack(ChangesRequest request, int rowsInPage) {
    Optional<Seq> before = Optional.empty();
    Page page;
    do {
      ChangesRequest some = request.withDescending(true).withLimit(rowsInPage).withBefore(before);
      page = feed.read(some, Seq.ZERO, rows);
      before = Optional.of(page.lastSeq());
    } while (page.rows() == rowsInPage);
  }

  @Test
  void pagesThatGoBackMeet() {
    write(25);
    readBack(ChangesRequest.ALL, 4);
    assertThat(rows.ids).hasSize(25).startsWith("doc24", "doc23").doesNotHaveDuplicates();
    assertThat(rows.ids.reversed()).startsWith("doc0", "doc1");
  }

  @Test
  void aPageThatGoesBackToNothingStaysWhereItWas() {
    write(3);
    ChangesRequest rest =
        ChangesRequest.ALL.withDescending(true).withBefore(Optional.of(Seq.of(1)));
    assertThat(feed.read(rest, Seq.ZERO, rows)).isEqualTo(new Page(Seq.of(1), 0));
  }

  @Test
  void whatChangesWhileSomebodyGoesBackIsNotShownTwice() {
    write(9);
    ChangesRequest back = ChangesRequest.ALL.withDescending(true);
    Page page = feed.read(back.withLimit(3), Seq.ZERO, rows);
    Edits.change(store, "doc8", docRev("doc8"));
    Edits.create(store, "later");
    feed.read(back.withBefore(Optional.of(page.lastSeq())), Seq.ZERO, rows);
    assertThat(rows.ids)
        .containsExactly("doc8", "doc7", "doc6", "doc5", "doc4", "doc3", "doc2", "doc1", "doc0");
  }

  @Test
  void pagesOfFewDocumentsThatGoBackMeet() {
    write(300);
    readBack(ChangesRequest.ALL.withFilter(ids("doc250", "doc7", "doc100", "doc298")), 1);
    assertThat(rows.ids).containsExactly("doc298", "doc250", "doc100", "doc7");
  }

  @Test
  void theStyleSaysWhichLeavesARowShows() {
    RevId first = Edits.create(store, "a", "{\"n\":1}");
    RevId other = Edits.conflict(store, "a", "{\"n\":2}");
    RevId winner = first.compareTo(other) > 0 ? first : other;
    feed.read(ChangesRequest.ALL, Seq.ZERO, rows);
    feed.read(ChangesRequest.ALL.withStyle(Style.ALL_DOCS), Seq.ZERO, rows);
    assertThat(rows.revisions.get(0)).extracting(Leaf::rev).containsExactly(winner);
    assertThat(rows.revisions.get(1))
        .extracting(Leaf::rev)
        .containsExactlyInAnyOrder(first, other)
        .startsWith(winner);
  }

  @Test
  void tombstonesAreChangesToo() {
    Edits.delete(store, "a", Edits.create(store, "a"));
    feed.read(ChangesRequest.ALL, Seq.ZERO, rows);
    assertThat(rows.documents.getFirst().deleted()).isTrue();
  }

  @Test
  void bodiesComeWhenTheyAreAskedFor() {
    Edits.create(store, "a", "{\"n\":1}");
    feed.read(ChangesRequest.ALL, Seq.ZERO, rows);
    feed.read(ChangesRequest.ALL.withFields(Fields.WINNER), Seq.ZERO, rows);
    assertThat(rows.documents.get(0).revisions()).isEmpty();
    assertThat(rows.documents.get(1).revisions().getFirst().body()).hasToString("{\"n\":1}");
  }

  @Test
  void aFeedOfFewDocumentsLooksThemUpAndStillEndsAtTheFeedsEnd() {
    write(300);
    ChangesRequest request = ChangesRequest.ALL.withFilter(ids("doc250", "doc7", "unknown"));
    Page page = feed.read(request, Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("doc7", "doc250");
    assertThat(page).isEqualTo(new Page(Seq.of(300), 2));
    assertThat(rows.idles).isZero();
  }

  @Test
  void aFeedOfFewDocumentsHeedsPositionLimitAndDirection() {
    write(300);
    ChangesRequest request = ChangesRequest.ALL.withFilter(ids("doc250", "doc7", "doc100"));
    feed.read(request, Seq.of(101), rows);
    assertThat(feed.read(request.withLimit(1), Seq.of(20), rows).lastSeq()).isEqualTo(Seq.of(101));
    feed.read(request.withDescending(true), Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("doc250", "doc100", "doc250", "doc100", "doc7");
  }

  @Test
  void aFeedOfFewDocumentsBringsBodiesWhenTheyAreAskedFor() {
    write(300);
    ChangesRequest request =
        ChangesRequest.ALL.withFilter(ids("doc250", "doc7")).withFields(Fields.WINNER);
    feed.read(request, Seq.ZERO, rows);
    assertThat(rows.ids).containsExactly("doc7", "doc250");
    assertThat(rows.documents).allMatch(document -> !document.revisions().isEmpty());
  }

  @Test
  void aShortFeedIsWalkedAndNotLookedUp() {
    write(20);
    ChangesRequest request = ChangesRequest.ALL.withFilter(ids("doc5", "doc3", "doc9"));
    assertThat(feed.read(request, Seq.of(4), rows)).isEqualTo(new Page(Seq.of(20), 2));
    assertThat(rows.ids).containsExactly("doc5", "doc9");
  }

  @Test
  void designDocumentsHaveAFeedOfTheirOwn() {
    Edits.create(store, "_design/b");
    write(300);
    Edits.create(store, "_design/a");
    ChangesRequest request = ChangesRequest.ALL.withFilter(ChangeFilter.DESIGN);
    Page leapt = feed.read(request, Seq.ZERO, rows);
    Page walked = feed.read(request, Seq.of(290), rows);
    assertThat(rows.ids).containsExactly("_design/b", "_design/a", "_design/a");
    assertThat(leapt).isEqualTo(new Page(Seq.of(302), 2));
    assertThat(walked).isEqualTo(new Page(Seq.of(302), 1));
  }

  @Test
  void aFilterThatNothingPassesAdvancesAndCallsBackNowAndThen() {
    write(1_000);
    ChangeFilter.ByContent nothing = (document, shown) -> List.of();
    Page page = feed.read(ChangesRequest.ALL.withFilter(nothing), Seq.ZERO, rows);
    assertThat(page).isEqualTo(new Page(Seq.of(1_000), 0));
    assertThat(rows.idles).isEqualTo(3);
  }

  @Test
  void aReaderThatWentAwayIsNoticedWhileNothingPasses() {
    write(1_000);
    ChangeFilter.ByContent nothing = (document, shown) -> List.of();
    ChangeSink gone =
        new ChangeSink() {
          @Override
          public boolean change(StoredDocument document, List<Leaf> revisions) {
            throw new AssertionError("nothing passes");
          }

          @Override
          public boolean idle(Seq at) {
            return false;
          }
        };
    Page page = feed.read(ChangesRequest.ALL.withFilter(nothing), Seq.ZERO, gone);
    assertThat(page.lastSeq().number()).isLessThan(1_000);
  }

  @Test
  void aFilterByContentSeesEachRevisionThatTheStyleShows() {
    RevId one = Edits.create(store, "a", "{\"site\":1}");
    RevId two = Edits.conflict(store, "a", "{\"site\":2}");
    ChangeFilter.ByContent siteOne =
        (document, shown) ->
            shown.stream()
                .filter(
                    leaf ->
                        document.revision(leaf.rev()).orElseThrow().body().toString().contains("1"))
                .toList();
    ChangesRequest all = ChangesRequest.ALL.withFilter(siteOne).withStyle(Style.ALL_DOCS);
    feed.read(all, Seq.ZERO, rows);
    assertThat(rows.revisions.getFirst()).extracting(Leaf::rev).containsExactly(one);
    rows.revisions.clear();
    feed.read(all.withStyle(Style.MAIN_ONLY), Seq.ZERO, rows);
    assertThat(rows.revisions).hasSize(one.compareTo(two) > 0 ? 1 : 0);
  }

  @Test
  void aDocumentThatChangesDuringTheLookUpIsShownOnceAtItsNewPlace() {
    RevId rev = Edits.create(store, "watched");
    write(300);
    ChangeSink changing =
        (document, leaves) -> {
          rows.change(document, leaves);
          if (rows.ids.size() == 1) {
            Edits.change(store, "doc200", docRev("doc200"));
          }
          return true;
        };
    ChangesRequest request =
        ChangesRequest.ALL.withFilter(ids("watched", "doc200")).withFields(Fields.WINNER);
    Page page = feed.read(request, Seq.ZERO, changing);
    feed.read(request, page.lastSeq(), rows);
    assertThat(rows.ids).startsWith("watched").contains("doc200");
    assertThat(Set.copyOf(rows.ids)).containsExactlyInAnyOrder("watched", "doc200");
    assertThat(rows.documents.getLast().winner().rev().generation()).isEqualTo(2);
    assertThat(rev).isNotNull();
  }

  private RevId docRev(String id) {
    List<RevId> found = new ArrayList<>();
    store.load(
        List.of(DocId.of(id)), Fields.LEAVES, document -> found.add(document.winner().rev()));
    return found.getFirst();
  }
}
