package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.Reads;
import org.skerry.store.StoredDocument;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.faulty.FaultPlan.Operation;
import org.skerry.store.faulty.FaultyStore;

class DatabaseTest {
  private static final DocId ID = DocId.of("patient/1");

  /** MD5 of the bytes 1, 2, 3. */
  private static final String PHOTO_DIGEST = "md5-Uonfc331cyb83SJZevsfrA==";

  private final MemoryStore store = new MemoryStore();
  private final Databases databases = new Databases(store);
  private final Database database = databases.create("clinic").orElseThrow();

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

  private StoredDocument found(Fields fields) {
    StoredDocument[] found = new StoredDocument[1];
    database
        .store()
        .load(
            List.of(ID),
            fields,
            document -> {
              found[0] = document;
              return true;
            });
    return found[0];
  }

  @Test
  void anEditFollowsTheLeafThatItNames() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    RevId second = written(edit(Optional.of(first), "{\"v\":2}"));
    assertThat(second.generation()).isEqualTo(2);
    assertThat(found(Fields.WINNER).revisions().getFirst().body()).hasToString("{\"v\":2}");
  }

  @Test
  void anEditOfWhatIsNoLeafIsAConflictAndChangesNothing() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    RevId second = written(edit(Optional.of(first), "{\"v\":2}"));
    WriteResult late = database.update(edit(Optional.of(first), "{\"v\":3}"));
    assertThat(late)
        .isInstanceOfSatisfying(
            WriteResult.Conflict.class,
            conflict -> assertThat(conflict.leaves().getFirst().rev()).isEqualTo(second));
    assertThat(database.update(edit(Optional.empty(), "{}")))
        .isInstanceOf(WriteResult.Conflict.class);
    assertThat(found(Fields.LEAVES).leaves()).hasSize(1);
  }

  @Test
  void aDeletedDocumentThatComesBackFollowsItsTombstone() {
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    RevId tombstone = written(new NewRevision(ID, Optional.of(first), true, Body.EMPTY, List.of()));
    RevId back = written(edit(Optional.empty(), "{\"v\":2}"));
    assertThat(back.generation()).isEqualTo(3);
    assertThat(found(Fields.TREE).tree().orElseThrow().parent(back)).contains(tombstone);
    assertThat(found(Fields.LEAVES).leaves()).hasSize(1);
  }

  @Test
  void theSameEditOnTwoNodesIsTheSameRevision() {
    Database other = databases.create("other").orElseThrow();
    NewRevision edit = edit(Optional.empty(), "{\"v\": 1}");
    NewRevision same = edit(Optional.empty(), "{\"v\":1}");
    assertThat(((WriteResult.Written) other.update(same)).rev()).isEqualTo(written(edit));
  }

  @Test
  void mergingIsIdempotentAndMakesConflicts() {
    written(edit(Optional.empty(), "{\"v\":1}"));
    ForeignRevision foreign =
        new ForeignRevision(
            ID, RevPath.of(2, List.of("b", "a")), false, Body.parse("{\"v\":9}"), List.of());
    assertThat(database.merge(List.of(foreign)).getFirst()).isInstanceOf(WriteResult.Written.class);
    assertThat(database.merge(List.of(foreign)).getFirst()).isInstanceOf(WriteResult.Present.class);
    assertThat(found(Fields.LEAVES).leaves()).hasSize(2);
    assertThat(database.store().totals().conflicted()).isEqualTo(1);
  }

  @Test
  void stubsKeepTheParentsAttachments() throws Exception {
    AttachmentIntake intake = new AttachmentIntake(database.store().attachments(), 1000);
    RevId first;
    try (IncomingAttachment photo =
        intake.receive(
            Announced.identity("photo", "image/png"),
            new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}))) {
      first =
          written(new NewRevision(ID, Optional.empty(), false, Body.EMPTY, List.of(photo.input())));
    }
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    written(new NewRevision(ID, Optional.of(first), false, Body.parse("{\"v\":2}"), List.of(stub)));
    var attachment = found(Fields.WINNER).revisions().getFirst().attachments().getFirst();
    assertThat(attachment.revpos()).isEqualTo(1);
    assertThat(attachment.length()).isEqualTo(3);
  }

  @Test
  void stubsOfNothingAreMissing() {
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    assertThat(
            database.update(
                new NewRevision(ID, Optional.empty(), false, Body.EMPTY, List.of(stub))))
        .isEqualTo(new WriteResult.MissingStub(ID, "photo"));
    assertThat(
            database.merge(
                List.of(
                    new ForeignRevision(
                        ID, RevPath.of(RevId.parse("1-a")), false, Body.EMPTY, List.of(stub)))))
        .containsExactly(new WriteResult.MissingStub(ID, "photo"));
  }

  @Test
  void whoFollowsNoLeafIsInConflictWhateverTheStubs() {
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    written(edit(Optional.of(first), "{\"v\":2}"));
    for (Optional<RevId> parent : List.of(Optional.of(first), Optional.<RevId>empty())) {
      NewRevision late = new NewRevision(ID, parent, false, Body.EMPTY, List.of(stub));
      assertThat(database.missingStub(List.of(late))).isEmpty();
      assertThat(database.update(late)).isInstanceOf(WriteResult.Conflict.class);
    }
  }

  @Test
  void whatIsHereIsPresentWhateverTheStubs() {
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    RevId first = written(edit(Optional.empty(), "{\"v\":1}"));
    ForeignRevision known =
        new ForeignRevision(ID, RevPath.of(first), false, Body.EMPTY, List.of(stub));
    assertThat(database.missingForeignStub(List.of(known))).isEmpty();
    assertThat(database.merge(List.of(known))).containsExactly(new WriteResult.Present(first));
  }

  @Test
  void theFirstStubOfNothingIsNamedBeforeAnythingIsWritten() {
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    NewRevision plain = edit(Optional.empty(), "{}");
    NewRevision other =
        new NewRevision(DocId.of("other"), Optional.empty(), false, Body.EMPTY, List.of(stub));
    assertThat(database.missingStub(List.of(plain, other)))
        .contains(new WriteResult.MissingStub(other.id(), "photo"));
    assertThat(database.missingStub(List.of(plain))).isEmpty();
    assertThat(database.store().totals().documents()).isZero();
  }

  @Test
  void aStubIsKnownByItsDigestOrByTheRevisionThatBroughtIt() throws Exception {
    RevId first = written(withPhoto());
    assertThat(merged("2-a", first, Optional.of(1), Optional.of("md5-of-other-encoding")))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(merged("2-b", first, Optional.of(9), Optional.of(PHOTO_DIGEST)))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(merged("2-c", first, Optional.of(9), Optional.of("md5-other")))
        .isEqualTo(new WriteResult.MissingStub(ID, "photo"));
    assertThat(merged("2-d", first, Optional.empty(), Optional.of("md5-other")))
        .isEqualTo(new WriteResult.MissingStub(ID, "photo"));
  }

  @Test
  void onAnotherBranchOnlyTheSameDigestIsTheSameAttachment() throws Exception {
    written(withPhoto());
    RevId stranger = RevId.parse("1-stranger");
    assertThat(merged("2-a", stranger, Optional.of(1), Optional.of(PHOTO_DIGEST)))
        .isInstanceOf(WriteResult.Written.class);
    assertThat(merged("2-b", stranger, Optional.of(1), Optional.empty()))
        .isEqualTo(new WriteResult.MissingStub(ID, "photo"));
  }

  private NewRevision withPhoto() throws Exception {
    try (IncomingAttachment photo =
        new AttachmentIntake(database.store().attachments(), 1000)
            .receive(
                Announced.identity("photo", "image/png"),
                new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}))) {
      return new NewRevision(ID, Optional.empty(), false, Body.EMPTY, List.of(photo.input()));
    }
  }

  private WriteResult merged(
      String rev, RevId parent, Optional<Integer> revpos, Optional<String> digest) {
    AttachmentInput stub = new AttachmentInput.Stub("photo", revpos, digest);
    RevPath path = RevPath.of(RevId.parse(rev), parent);
    return database
        .merge(List.of(new ForeignRevision(ID, path, false, Body.EMPTY, List.of(stub))))
        .getFirst();
  }

  @Test
  void aCompactionBetweenFindingAStubsBytesAndNamingThemTakesNothingAway() throws Exception {
    DocumentStore[] compacted = new DocumentStore[1];
    FaultyStore late =
        new FaultyStore(
            new MemoryStore(),
            new SplittableRandom(1),
            call -> compacted[0].compact((done, total) -> true));
    Databases databases = new Databases(late);
    Database clinic = databases.create("clinic").orElseThrow();
    compacted[0] = clinic.store();
    RevId first;
    try (IncomingAttachment photo =
        new AttachmentIntake(clinic.store().attachments(), 1000)
            .receive(
                Announced.identity("photo", "image/png"),
                new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}))) {
      NewRevision created =
          new NewRevision(ID, Optional.empty(), false, Body.EMPTY, List.of(photo.input()));
      first = ((WriteResult.Written) clinic.update(created)).rev();
    }
    clinic.update(edit(Optional.of(first), "{\"photo\":\"removed\"}"));
    late.plan(FaultPlan.at(Operation.COMMIT, 3, Fault.DELAY));
    AttachmentInput stub = new AttachmentInput.Stub("photo", Optional.empty(), Optional.empty());
    RevPath kept = RevPath.of(RevId.of(2, "elsewhere"), first);
    clinic.merge(List.of(new ForeignRevision(ID, kept, false, Body.EMPTY, List.of(stub))));
    assertThat(late.injected(Fault.DELAY)).isEqualTo(1);
    AttachmentRef attachment =
        Reads.revision(clinic.store(), ID.text(), kept.newest())
            .orElseThrow()
            .revision()
            .attachments()
            .getFirst();
    databases.close();
    late.assertNothingOpen();
    assertThat(clinic.store().attachments().open(attachment.blob(), 0)).isPresent();
  }

  @Test
  void securityIsClosedUntilOpenedAndKept() {
    assertThat(database.security().isMember("nurse", Set.of())).isFalse();
    database.security(Security.parse("{\"members\":{\"names\":[\"nurse\"]}}".getBytes()));
    assertThat(database.security().isMember("nurse", Set.of())).isTrue();
    assertThat(new Databases(store).find("clinic").orElseThrow().security())
        .satisfies(kept -> assertThat(kept.isMember("nurse", Set.of())).isTrue());
    assertThatThrownBy(() -> Security.parse("{\"admins\":{\"names\":\"x\"}}".getBytes()))
        .hasMessage("admins.names must be a JSON list of strings");
  }

  @Test
  void aNameThatIsDroppedAndCreatedAgainIsANewDatabase() {
    written(edit(Optional.empty(), "{}"));
    assertThat(databases.drop("clinic")).isTrue();
    Database again = databases.create("clinic").orElseThrow();
    assertThat(again.store().totals().documents()).isZero();
    assertThat(again.store().incarnation()).isNotEqualTo("");
    assertThatThrownBy(() -> databases.create("Clinic"))
        .isInstanceOf(InvalidDatabaseNameException.class);
  }

  @Test
  void aDropIsToldToAllWhoListenWhicheverOfThemFails() {
    String incarnation = database.store().incarnation();
    List<String> told = new ArrayList<>();
    databases.onDrop(
        (name, gone) -> {
          throw new IllegalStateException("a listener's own trouble");
        });
    databases.onDrop((name, gone) -> told.add(name + " " + gone));
    assertThat(databases.drop("nowhere")).isFalse();
    assertThat(databases.drop("clinic")).isTrue();
    assertThat(told).containsExactly("clinic " + incarnation);
  }
}
