package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;

class MergeTogetherTest {
  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final Database database = databases.create("clinic").orElseThrow();

  @AfterEach
  void close() {
    store.close();
  }

  private static ForeignRevision revision(String id, Optional<RevId> parent, String json) {
    Body body = Body.parse(json);
    RevId rev = RevisionHash.next(parent, false, body, List.of());
    RevPath path = parent.map(known -> RevPath.of(rev, known)).orElseGet(() -> RevPath.of(rev));
    return new ForeignRevision(DocId.of(id), path, false, body, List.of());
  }

  private int leaves(String id) {
    int[] count = {0};
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> {
              count[0] = document.leaves().size();
              return true;
            });
    return count[0];
  }

  @Test
  void allAreWrittenAndOnceMoreChangesNothing() {
    List<ForeignRevision> both =
        List.of(
            revision("a", Optional.empty(), "{\"v\":1}"),
            revision("b", Optional.empty(), "{\"v\":1}"));
    assertThat(database.mergeTogether(both, Author.SYSTEM))
        .isInstanceOfSatisfying(
            TogetherResult.Written.class,
            written ->
                assertThat(written.results())
                    .hasSize(2)
                    .allMatch(WriteResult.Written.class::isInstance));
    assertThat(database.mergeTogether(both, Author.SYSTEM))
        .isInstanceOfSatisfying(
            TogetherResult.Written.class,
            written ->
                assertThat(written.results()).allMatch(WriteResult.Present.class::isInstance));
  }

  @Test
  void whatFollowsAnOlderRevisionIsABranchBesideTheNewerOne() {
    ForeignRevision first = revision("a", Optional.empty(), "{\"v\":1}");
    Optional<RevId> parent = Optional.of(first.path().newest());
    database.mergeTogether(List.of(first), Author.SYSTEM);
    database.mergeTogether(List.of(revision("a", parent, "{\"v\":2}")), Author.SYSTEM);
    database.mergeTogether(List.of(revision("a", parent, "{\"v\":3}")), Author.SYSTEM);
    assertThat(leaves("a")).isEqualTo(2);
  }

  @Test
  void nothingIsWrittenWhenAGuardRefusesOne() {
    databases.guard(
        (asked, proposed, author) ->
            proposed.body().toString().contains("bad") ? Verdict.forbidden("bad") : Verdict.PASS);
    TogetherResult result =
        database.mergeTogether(
            List.of(
                revision("a", Optional.empty(), "{\"v\":1}"),
                revision("b", Optional.empty(), "{\"v\":\"bad\"}")),
            Author.SYSTEM);
    assertThat(result)
        .isEqualTo(new TogetherResult.Refused(1, new WriteResult.Forbidden("forbidden", "bad")));
    assertThat(leaves("a")).isZero();
  }
}
