package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevPath;

/** What a site brings that is its own because of what it brings along. */
class WrittenTogetherTest extends SubsetCase {
  private static final String OWN = "{\"type\":\"patient\",\"at\":\"a\"}";
  private static final String THEIRS = "{\"type\":\"patient\",\"at\":\"b\"}";
  private static final String HASH = "967a00dff5e02add41819138abb3284d";

  @BeforeEach
  void places() {
    rules(
        """
        {"rules": [
          {"type": "patient", "site": "/at"},
          {"type": ["note", "visit"], "follow": ["/patient", "/visit"]}
        ]}
        """);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "q1", THEIRS, Author.SYSTEM);
  }

  private static String note(String patient) {
    return "{\"type\":\"note\",\"patient\":\"" + patient + "\"}";
  }

  private static NewRevision created(String id, String json) {
    return new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(json), List.of());
  }

  private static ForeignRevision made(String id, boolean deleted, String json) {
    RevPath path = RevPath.of(deleted ? 2 : 1, List.of(HASH));
    return new ForeignRevision(DocId.of(id), path, deleted, Body.parse(json), List.of());
  }

  private List<WriteResult> update(NewRevision... edits) {
    return as("a").update(List.of(edits), Author.SYSTEM);
  }

  private WriteResult merge(ForeignRevision revision) {
    return as("a").merge(List.of(revision), Author.SYSTEM).getFirst();
  }

  @Test
  void aNewPatientComesWithNotesInAnyOrder() {
    NewRevision visit = created("v1", "{\"type\":\"visit\",\"patient\":\"p1\"}");
    NewRevision found = created("n1", "{\"type\":\"note\",\"visit\":\"v1\"}");
    List<WriteResult> results = update(found, visit, created("p1", OWN));
    assertThat(results).allMatch(WriteResult.Written.class::isInstance);
    assertThat(ids("a")).containsExactly("n1", "p1", "v1");
    assertThat(winner(as("a"), "n1"))
        .as("not given back meanwhile")
        .hasValue(((WriteResult.Written) results.getFirst()).rev());
  }

  @Test
  void notesOfAPatientWhoIsRefusedAreRefusedWithHim() {
    assertThat(update(created("n1", note("p1")), created("p1", THEIRS)))
        .allMatch(WriteResult.Forbidden.class::isInstance);
    assertThat(update(created("n1", note("q1")), created("q1", OWN)))
        .allMatch(WriteResult.Forbidden.class::isInstance);
    assertThat(update(created("n1", note("p1")))).first().isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void aReplicationBringsAPatientWithNotesInAnyOrder() {
    List<ForeignRevision> together = List.of(made("n1", false, note("p1")), made("p1", false, OWN));
    assertThat(as("a").merge(together, Author.SYSTEM))
        .allMatch(WriteResult.Written.class::isInstance);
    assertThat(ids("a")).containsExactly("n1", "p1");
    assertThat(ids("b")).containsExactly("q1");
  }

  /** Or a site could put documents into what others will write, and take names from them. */
  @Test
  void whatNobodyHasIsNoSitesToWriteFor() {
    assertThat(merge(made("n1", false, note("p1")))).isInstanceOf(WriteResult.Forbidden.class);
    assertThat(merge(made("n1", true, "{}"))).isInstanceOf(WriteResult.Forbidden.class);
  }

  @Test
  void whatAReplicationBringsOfOthersIsRefused() {
    Stream.of(
            made("n1", false, note("q1")),
            made("n1", false, "{\"type\":\"note\",\"patient\":\"p1\",\"visit\":\"q1\"}"),
            made("p1", false, THEIRS),
            made("q1", true, "{}"),
            made("p1", true, THEIRS))
        .forEach(
            revision ->
                assertThat(merge(revision))
                    .as("%s", revision)
                    .isInstanceOf(WriteResult.Forbidden.class));
    assertThat(ids("b")).containsExactly("q1");
  }
}
