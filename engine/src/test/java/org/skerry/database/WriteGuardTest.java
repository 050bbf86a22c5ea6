package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredRevision;

class WriteGuardTest {
  private static final DocId ID = DocId.of("a");
  private static final Author NURSE = new Author(Optional.of("nurse"), Set.of("ward"));

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final Database database = databases.create("clinic").orElseThrow();
  private final Recorder recorder = new Recorder();

  /** Notes what it sees, and refuses bodies that say so. */
  private static final class Recorder implements WriteGuard {
    private final List<ProposedRevision> seen = new ArrayList<>();
    private final List<Author> authors = new ArrayList<>();

    @Override
    public Verdict judge(Database database, ProposedRevision revision, Author author) {
      seen.add(revision);
      authors.add(author);
      return revision.body().toString().contains("bad") ? Verdict.forbidden("bad") : Verdict.PASS;
    }

    ProposedRevision last() {
      return seen.getLast();
    }
  }

  @BeforeEach
  void guard() {
    databases.guard(recorder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static NewRevision edit(Optional<RevId> parent, String body) {
    return new NewRevision(ID, parent, false, Body.parse(body), List.of());
  }

  private RevId written(NewRevision edit) {
    return ((WriteResult.Written) database.update(edit)).rev();
  }

  private static ForeignRevision foreign(String body, String... revs) {
    List<RevId> path = new ArrayList<>();
    for (String rev : revs) {
      path.add(RevId.parse(rev));
    }
    List<String> hashes = path.stream().map(RevId::hash).toList();
    return new ForeignRevision(
        ID, RevPath.of(path.getFirst().generation(), hashes), false, Body.parse(body), List.of());
  }

  private WriteResult merged(ForeignRevision revision) {
    return database.merge(List.of(revision), NURSE).getFirst();
  }

  private static String previousBody(ProposedRevision revision) {
    return revision.previous().map(Found::revision).map(StoredRevision::body).toString();
  }

  @Test
  void whatAGuardRefusesIsNotWritten() {
    assertThat(database.update(edit(Optional.empty(), "{\"bad\":1}"), NURSE))
        .isEqualTo(new WriteResult.Forbidden("forbidden", "bad"));
    assertThat(database.store().totals().documents()).isZero();
    assertThat(recorder.authors).containsExactly(NURSE);
  }

  @Test
  void aRefusalConcernsItsOwnRow() {
    List<WriteResult> results =
        database.update(
            List.of(
                new NewRevision(DocId.of("x"), Optional.empty(), false, Body.EMPTY, List.of()),
                edit(Optional.empty(), "{\"bad\":1}"),
                new NewRevision(DocId.of("y"), Optional.empty(), false, Body.EMPTY, List.of())),
            NURSE);
    assertThat(results.get(0)).isInstanceOf(WriteResult.Written.class);
    assertThat(results.get(1)).isInstanceOf(WriteResult.Forbidden.class);
    assertThat(results.get(2)).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void aGuardSeesWhatAnEditFollows() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    assertThat(recorder.last().previous()).isEmpty();
    assertThat(recorder.last().path()).isEmpty();
    written(edit(Optional.of(first), "{\"v\":2}"));
    assertThat(recorder.last().origin()).isEqualTo(ProposedRevision.Origin.EDIT);
    assertThat(recorder.last().path()).contains(RevPath.of(first));
    assertThat(previousBody(recorder.last())).isEqualTo("Optional[{\"v\":1}]");
  }

  @Test
  void aGuardIsNotAskedAboutConflicts() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    written(edit(Optional.of(first), "{\"v\":2}"));
    int asked = recorder.seen.size();
    assertThat(database.update(edit(Optional.of(first), "{\"bad\":1}")))
        .isInstanceOf(WriteResult.Conflict.class);
    assertThat(database.update(edit(Optional.empty(), "{\"bad\":1}")))
        .isInstanceOf(WriteResult.Conflict.class);
    assertThat(database.update(edit(Optional.of(RevId.parse("1-00ff")), "{\"bad\":1}")))
        .isInstanceOf(WriteResult.Conflict.class);
    assertThat(recorder.seen).hasSize(asked);
  }

  @Test
  void aDocumentThatComesBackFollowsNothingInAGuardsEyes() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    database.update(new NewRevision(ID, Optional.of(first), true, Body.EMPTY, List.of()));
    assertThat(recorder.last().deleted()).isTrue();
    RevId back = written(edit(Optional.empty(), "{\"v\":3}"));
    assertThat(back.generation()).isEqualTo(3);
    assertThat(recorder.last().previous()).isEmpty();
  }

  @Test
  void mergesAreGuardedToo() {
    assertThat(merged(foreign("{\"bad\":1}", "1-aa")))
        .isEqualTo(new WriteResult.Forbidden("forbidden", "bad"));
    assertThat(merged(foreign("{\"v\":1}", "1-aa"))).isInstanceOf(WriteResult.Written.class);
    assertThat(recorder.last().origin()).isEqualTo(ProposedRevision.Origin.MERGE);
    assertThat(recorder.last().path()).contains(RevPath.of(RevId.parse("1-aa")));
    assertThat(recorder.authors).containsOnly(NURSE);
  }

  @Test
  void aMergeIsComparedWithItsNearestAncestor() {
    merged(foreign("{\"v\":1}", "1-aa"));
    merged(foreign("{\"v\":2}", "2-bb", "1-aa"));
    assertThat(previousBody(recorder.last())).isEqualTo("Optional[{\"v\":1}]");
    merged(foreign("{\"v\":5}", "5-ee", "4-dd", "3-cc", "2-bb", "1-aa"));
    assertThat(previousBody(recorder.last())).isEqualTo("Optional[{\"v\":2}]");
    merged(foreign("{\"v\":9}", "2-99", "1-99"));
    assertThat(recorder.last().previous()).isEmpty();
  }

  @Test
  void whatIsHereAlreadyIsNotAskedAbout() {
    databases.guard("clinic", new Recorder());
    merged(foreign("{\"v\":1}", "1-aa"));
    int asked = recorder.seen.size();
    assertThat(merged(foreign("{\"bad\":1}", "1-aa"))).isInstanceOf(WriteResult.Present.class);
    assertThat(recorder.seen).hasSize(asked);
  }

  @Test
  void aReplacedBodyIsWrittenAndNamed() {
    databases.guard(
        "clinic",
        (db, revision, author) -> new Verdict.Replace(Body.parse("{\"password\":\"hashed\"}")));
    RevId rev = written(edit(Optional.empty(), "{\"password\":\"clear\"}"));
    assertThat(recorder.last().body()).hasToString("{\"password\":\"hashed\"}");
    database
        .store()
        .load(
            List.of(ID),
            Fields.WINNER,
            document -> {
              assertThat(document.revisions().getFirst().body())
                  .hasToString("{\"password\":\"hashed\"}");
              return true;
            });
    Database other = databases.create("other").orElseThrow();
    NewRevision same = edit(Optional.empty(), "{\"password\":\"hashed\"}");
    assertThat(((WriteResult.Written) other.update(same)).rev()).isEqualTo(rev);
  }

  @Test
  void guardsOfOneDatabaseAreAskedFirstAndOnlyThere() {
    Database other = databases.create("other").orElseThrow();
    Recorder ofOther = new Recorder();
    databases.guard("other", ofOther);
    database.update(edit(Optional.empty(), "{\"v\":1}"));
    assertThat(ofOther.seen).isEmpty();
    other.update(edit(Optional.empty(), "{\"bad\":1}"));
    assertThat(ofOther.seen).hasSize(1);
    assertThat(recorder.seen).hasSize(1);
  }

  @Test
  void aGuardThatDoesNotWatchIsNotAsked() {
    databases.guard(
        new WriteGuard() {
          @Override
          public boolean watches(Database guarded) {
            return false;
          }

          @Override
          public Verdict judge(Database guarded, ProposedRevision revision, Author author) {
            throw new AssertionError("asked about " + revision);
          }
        });
    assertThat(database.update(edit(Optional.empty(), "{}")))
        .isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void writersOfDesignDocumentsAreNoticed() {
    long before = database.designVersion();
    written(edit(Optional.empty(), "{}"));
    assertThat(database.designVersion()).isEqualTo(before);
    DocId design = DocId.of("_design/d");
    database.update(new NewRevision(design, Optional.empty(), false, Body.EMPTY, List.of()));
    long afterEdit = database.designVersion();
    assertThat(afterEdit).isGreaterThan(before);
    database.merge(
        List.of(
            new ForeignRevision(
                design, RevPath.of(RevId.parse("1-aa")), false, Body.EMPTY, List.of())));
    assertThat(database.designVersion()).isGreaterThan(afterEdit);
  }
}
