package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;

/** Pages of changes that are not as a database writes them. */
class RevFinderTest {
  private static final String ONE = "1-11111111111111111111111111111111";
  private static final String OTHER = "1-22222222222222222222222222222222";

  private final Island centre = new Island("centre");
  private final Progress progress = new Progress(Failing.none(System::nanoTime));
  private final RevFinder finder = new RevFinder(centre.peer(), progress, Optional.empty());

  @AfterEach
  void close() {
    centre.close();
  }

  private List<MissingRevisions> missing(ChangeRow... rows) {
    return finder.find(new ChangesPage(List.of(rows), "9", 0, true)).missing();
  }

  @Test
  void aDocumentThatStandsInAPageTwiceIsOne() {
    List<MissingRevisions> missing =
        missing(
            new ChangeRow("a", "1", List.of(ONE)),
            new ChangeRow("b", "2", List.of(ONE)),
            new ChangeRow("a", "3", List.of(OTHER, ONE)));
    assertThat(missing)
        .containsExactlyInAnyOrder(
            new MissingRevisions(
                DocId.of("a"), List.of(RevId.parse(ONE), RevId.parse(OTHER)), List.of()),
            new MissingRevisions(DocId.of("b"), List.of(RevId.parse(ONE)), List.of()));
    assertThat(progress.counts().missingChecked()).isEqualTo(3);
  }

  /** A target takes only so much of a question. */
  @Test
  void whatHasVeryManyRevisionsIsAskedForInPortions() {
    List<Integer> asked = new ArrayList<>();
    Peer counting =
        new DelegatingPeer(centre.peer()) {
          @Override
          public List<MissingRevisions> missing(List<RevisionQuery> queries) {
            asked.add(queries.stream().mapToInt(query -> query.revs().size()).sum());
            return super.missing(queries);
          }
        };
    List<String> revs = IntStream.range(0, 20_000).mapToObj("1-%032x"::formatted).toList();
    List<ChangeRow> rows =
        IntStream.range(0, 7).mapToObj(i -> new ChangeRow("d" + i, "" + i, revs)).toList();
    assertThat(
            new RevFinder(counting, progress, Optional.empty())
                .find(new ChangesPage(rows, "9", 0, true))
                .missing())
        .hasSize(7);
    assertThat(asked).containsExactly(60_000, 60_000, 20_000);
  }

  @Test
  void whatCannotBeAskedForIsReported() {
    assertThat(
            missing(
                new ChangeRow("empty", "1", List.of()),
                new ChangeRow("_odd", "2", List.of(ONE)),
                new ChangeRow("half", "3", List.of("x", ONE))))
        .extracting(one -> one.id().text())
        .containsExactly("half");
    assertThat(progress.refusals())
        .extracting(Refusal::id, Refusal::rev)
        .containsExactly(tuple("empty", ""), tuple("_odd", ONE), tuple("half", "x"));
  }
}
