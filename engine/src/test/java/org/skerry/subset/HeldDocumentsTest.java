package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteGuard;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.scope.ScopeRules;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.faulty.FaultyStore;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/** What a site brings before that to which it refers. */
class HeldDocumentsTest extends SubsetCase {
  private static final String OWN = "{\"type\":\"patient\",\"at\":\"a\"}";
  private static final String THEIRS = "{\"type\":\"patient\",\"at\":\"b\"}";
  private static final RevId FIRST = RevId.parse("1-967a00dff5e02add41819138abb3284d");
  private static final RevId SECOND = RevId.parse("2-0bb4f9c8c7fdd3a7b0b5b1a1b6f6f1c2");

  @BeforeEach
  void places() {
    rules(PATIENTS);
    site("a", "{}");
    site("b", "{}");
    put(clinic, "q1", THEIRS, Author.SYSTEM);
    put(clinic, "taken", note("q1"), Author.SYSTEM);
  }

  private static String note(String patient) {
    return "{\"type\":\"note\",\"patient\":\"" + patient + "\",\"exactly\":1.50}";
  }

  private static ForeignRevision made(String id, String json) {
    return new ForeignRevision(DocId.of(id), RevPath.of(FIRST), false, Body.parse(json), List.of());
  }

  private static ForeignRevision again(String id, boolean deleted, String json) {
    return new ForeignRevision(
        DocId.of(id), RevPath.of(SECOND, FIRST), deleted, Body.parse(json), List.of());
  }

  private WriteResult merge(String site, ForeignRevision revision) {
    return as(site).merge(List.of(revision), Author.SYSTEM).getFirst();
  }

  private static void assertRefused(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Forbidden.class);
  }

  private List<String> held(String site) {
    return subsetting.held().list(as(site)).stream()
        .map(one -> one.id() + " " + one.rev())
        .toList();
  }

  private List<StoredRevision> leaves(String id) {
    List<StoredRevision> found = new ArrayList<>();
    clinic
        .store()
        .load(
            List.of(DocId.of(id)),
            new Fields(false, Fields.Bodies.LEAVES),
            document -> found.addAll(document.revisions()));
    return found;
  }

  @Test
  void aNoteEntersBehindItsPatient() {
    assertRefused(merge("a", made("n1", note("p1"))));
    assertThat(leaves("n1")).isEmpty();
    assertThat(held("a")).containsExactly("n1 " + FIRST);
    assertThat(merge("a", made("p1", OWN))).isInstanceOf(WriteResult.Written.class);
    assertThat(ids("a")).containsExactly("n1", "p1");
    assertThat(leaves("n1").getFirst().rev()).isEqualTo(FIRST);
    assertThat(leaves("n1").getFirst().body().json()).isEqualTo(Body.parse(note("p1")).json());
    assertThat(held("a")).isEmpty();
    assertThat(ids("b")).containsExactly("q1", "taken");
  }

  @Test
  void anEditThatMakesThePatientLetsItsNotesEnter() {
    merge("a", made("n1", note("p1")));
    put(as("a"), "p1", OWN, Author.SYSTEM);
    assertThat(ids("a")).containsExactly("n1", "p1");
  }

  @Test
  void whatRefersToWhatIsHeldEntersWithIt() {
    rules(
        """
        {"rules": [
          {"type": "patient", "site": "/at"}, {"type": "note", "follow": ["/patient", "/note"]}
        ]}
        """);
    merge("a", made("n2", "{\"type\":\"note\",\"note\":\"n1\"}"));
    merge("a", made("n1", note("p1")));
    merge("a", made("p1", OWN));
    assertThat(ids("a")).containsExactly("n1", "n2", "p1");
    assertThat(held("a")).isEmpty();
  }

  /** Who brings it learns nothing of what others have, and puts nothing into it. */
  @Test
  void theAnswerIsTheSameWhateverOthersHave() {
    WriteResult nobodys = merge("a", made("n1", note("p1")));
    assertThat(merge("a", made("n2", note("q1")))).isEqualTo(nobodys);
    assertThat(merge("a", made("taken", note("p1")))).isEqualTo(nobodys);
    assertThat(merge("a", made("n1", note("p1")))).as("once more").isEqualTo(nobodys);
    put(clinic, "p1", THEIRS, Author.SYSTEM);
    put(clinic, "n1", note("p1"), Author.SYSTEM);
    put(as("a"), "own", OWN, Author.SYSTEM);
    assertThat(ids("a")).containsExactly("own");
    assertThat(ids("b")).containsExactly("n1", "p1", "q1", "taken");
    assertThat(leaves("n1")).hasSize(1).noneMatch(leaf -> leaf.rev().equals(FIRST));
    assertThat(held("a")).hasSize(3);
    assertThat(held("b")).isEmpty();
  }

  @Test
  void whatHasATakenNameStaysHeld() {
    merge("a", made("taken", note("p1")));
    merge("a", made("p1", OWN));
    assertThat(held("a")).containsExactly("taken " + FIRST);
    assertThat(leaves("taken")).hasSize(1);
    assertThat(ids("a")).containsExactly("p1");
    assertThat(subsetting.held().discard(as("a"), DocId.of("taken")))
        .extracting(HeldRevision::rev)
        .containsExactly(FIRST);
    assertThat(held("a")).isEmpty();
  }

  @Test
  void theNewerOfTwoIsHeldAndNothingThatWasDeletedMeanwhile() {
    merge("a", made("n1", note("p1")));
    merge("a", again("n1", false, note("p1")));
    assertThat(held("a")).containsExactly("n1 " + SECOND);
    merge("a", made("n2", note("p1")));
    assertRefused(merge("a", again("n2", true, "{}")));
    assertThat(leaves("n2")).as("a deletion takes no name").isEmpty();
    assertThat(held("a")).containsExactly("n1 " + SECOND);
    merge("a", made("p1", OWN));
    assertThat(ids("a")).containsExactly("n1", "p1");
    assertThat(leaves("n1").getFirst().rev()).isEqualTo(SECOND);
  }

  @Test
  void whatAPatientOfOthersBringsEntersWhenTheSiteGetsHim() {
    merge("a", made("n1", note("q1")));
    put(clinic, "q1", OWN, Author.SYSTEM);
    keeper.settle(clinic);
    assertThat(leaves("n1").getFirst().rev()).isEqualTo(FIRST);
    assertThat(ids("a")).containsExactly("n1", "q1", "taken");
    assertThat(held("a")).isEmpty();
  }

  @Test
  void whatAGrantedPatientBringsEnters() {
    merge("a", made("n1", note("q1")));
    clinic.store().subsets().grant(as("a").subset().orElseThrow().feed(), DocId.of("q1"), true);
    assertThat(ids("a")).containsExactly("n1", "q1", "taken");
    assertThat(held("a")).isEmpty();
  }

  @Test
  void whatNewRulesGiveASiteLetsEnter() {
    merge("a", made("n1", note("q1")));
    rules(PATIENTS.replace("\"site\": \"/at\"", "\"everyone\": true"));
    assertThat(ids("a")).containsExactly("n1", "q1", "taken");
  }

  @Test
  void whoBroughtItIsAskedForWhenThePatientComes() {
    Author ana = new Author(Optional.of("ana"), Set.of("nurse"));
    Author ben = new Author(Optional.of("ben"), Set.of());
    as("a").merge(List.of(made("n1", note("q1"))), ana);
    as("a").merge(List.of(made("n2", note("q1"))), ben);
    databases.guard(
        (database, revision, author) ->
            revision.id().text().startsWith("n") && !author.equals(ana)
                ? WriteGuard.Verdict.forbidden("only ana")
                : WriteGuard.Verdict.PASS);
    put(clinic, "q1", OWN, Author.SYSTEM);
    assertThat(ids("a")).containsExactly("n1", "q1", "taken");
    assertThat(held("a")).containsExactly("n2 " + FIRST);
  }

  /** Nobody told the next process that the patient came. */
  @Test
  void whatCouldEnterEntersWhenTheDatabaseIsOpenedAgain() {
    merge("a", made("n1", note("q1")));
    put(clinic, "q1", OWN, Author.SYSTEM);
    // Its own, as of a process: two that attend one would wait for each other.
    Databases again = new Databases(memory);
    try (SubsetKeeper next = new SubsetKeeper(again, new Subsetting(again, new Sites(again)))) {
      next.settle(again.find(clinic.name()).orElseThrow());
    }
    assertThat(leaves("n1")).hasSize(1);
  }

  @Test
  void aBatchThatIsHeldIsOneWriteAndSoIsItsEnd() {
    AtomicLong writes = new AtomicLong();
    FaultyStore store = new FaultyStore(new MemoryStore(), new SplittableRandom(1));
    store.plan(
        call -> {
          writes.addAndGet(call.operation() == FaultPlan.Operation.LOCAL_WRITE ? 1 : 0);
          return Fault.NONE;
        });
    Databases counted = new Databases(store);
    new Subsetting(counted, new Sites(counted));
    Database whole = counted.create("clinic").orElseThrow();
    whole.scope(Optional.of(ScopeRules.parse(json(PATIENTS))));
    Database part = whole.seenBy("a");
    Subsets subsets = whole.store().subsets();
    subsets.audiences(Map.of(Label.place("a"), Audience.of(subsets.feed("a"))));
    List<ForeignRevision> batch = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      batch.add(made("n" + i, note("p1")));
    }
    batch.add(made("n7", note("p1")));
    batch.add(made("elsewhere", THEIRS));
    List<WriteResult> results = part.merge(batch, Author.SYSTEM);
    assertThat(results.subList(0, 31)).containsOnly(results.getFirst());
    assertThat(results.getLast()).isNotEqualTo(results.getFirst());
    assertThat(writes).hasValue(1);
    part.merge(List.of(made("p1", OWN)), Author.SYSTEM);
    assertThat(part.store().totals().documents()).isEqualTo(31);
    assertThat(SubsetDocuments.holding(whole.store())).isEmpty();
    assertThat(writes).hasValue(2);
  }

  @Test
  void whatIsHeldIsFoundAgainByAnotherProcess() {
    merge("a", made("n1", note("p1")));
    Subsetting next = new Subsetting(databases, sites);
    assertThat(next.held().list(as("a"))).extracting(HeldRevision::rev).containsExactly(FIRST);
  }

  /** A function of a design document, say, that wants to know who writes. */
  @Test
  void whatOneUserMayNotBringEntersWithAnother() {
    Author ana = new Author(Optional.of("ana"), Set.of());
    merge("a", made("n1", note("p1")));
    databases.guard(
        (database, revision, author) ->
            revision.id().equals(DocId.of("n1")) && !author.equals(ana)
                ? WriteGuard.Verdict.forbidden("only ana")
                : WriteGuard.Verdict.PASS);
    merge("a", made("p1", OWN));
    assertThat(held("a")).containsExactly("n1 " + FIRST);
    put(as("a"), "p2", OWN, ana);
    assertThat(ids("a")).containsExactly("n1", "p1", "p2");
  }

  @Test
  void whoeverEditsIsToldAndNothingIsHeld() {
    assertRefused(
        as("a")
            .update(
                new NewRevision(
                    DocId.of("n1"), Optional.empty(), false, Body.parse(note("p1")), List.of()),
                Author.SYSTEM));
    assertThat(held("a")).isEmpty();
  }

  @Test
  void noMoreIsHeldThanThereIsRoomFor() {
    String large =
        "{\"type\":\"note\",\"patient\":\"p1\",\"text\":\"" + "x".repeat(6 << 20) + "\"}";
    WriteResult kept = merge("a", made("n1", large));
    assertThat(merge("a", made("n2", large))).isEqualTo(kept);
    assertThat(merge("a", made("n3", large))).isNotEqualTo(kept);
    assertThat(held("a")).hasSize(2);
    assertThat(merge("b", made("n3", large))).as("others have their own").isEqualTo(kept);
  }

  @Test
  void attachmentsAreHeldWithIt() throws IOException {
    byte[] data = "x-ray".getBytes(StandardCharsets.UTF_8);
    try (IncomingAttachment incoming =
        new AttachmentIntake(clinic.store().attachments(), 100)
            .receive(Announced.identity("a.txt", "text/plain"), new ByteArrayInputStream(data))) {
      List<AttachmentInput> attachments = List.of(incoming.input());
      merge(
          "a",
          new ForeignRevision(
              DocId.of("n1"), RevPath.of(FIRST), false, Body.parse(note("p1")), attachments));
    }
    clinic.store().compact((done, total) -> true);
    merge("a", made("p1", OWN));
    AttachmentRef[] found = new AttachmentRef[1];
    as("a")
        .store()
        .read(
            List.of(new RevisionRef(DocId.of("n1"), FIRST)),
            (ref, there) -> found[0] = there.orElseThrow().revision().attachments().getFirst());
    assertThat(found[0].revpos()).isEqualTo(1);
    try (InputStream in = clinic.store().attachments().open(found[0].blob(), 0).orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(data);
    }
  }
}
