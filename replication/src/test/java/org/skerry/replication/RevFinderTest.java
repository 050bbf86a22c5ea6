package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/** Pages of changes that are not as a database writes them. */
class RevFinderTest {
  private static final String ONE = "1-11111111111111111111111111111111";
  private static final String OTHER = "1-22222222222222222222222222222222";

  private final Island centre = new Island("centre");
  private final Progress progress = new Progress(new FailingDocuments(System::nanoTime));
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
