package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skerry.attachment.AttachmentBody;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Page;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.MemoryStore;
import org.skerry.store.Reads;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.store.faulty.CrashedException;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.faulty.FaultPlan.Operation;
import org.skerry.store.faulty.FaultyStore;

/**
 * What one seed does to a database: edits, revisions made elsewhere, attachments, compactions,
 * errors and crashes, under the eyes of a reader who resumes from tokens. Remembers what was
 * acknowledged, and checks that it is there.
 */
final class DatabaseStory {
  private static final int IDS = 6;

  private final SplittableRandom random;
  private final FaultPlan plan;
  private final Map<DocId, Map<RevId, Acknowledged>> acknowledged = new TreeMap<>();

  /** Every revision that was ever tried, with the path it was tried with. */
  private final Map<DocId, List<RevPath>> tried = new TreeMap<>();

  private final Map<DocId, List<Leaf>> followed = new HashMap<>();
  private FaultyStore store;
  private Database database;
  private String token = "0";
  private int counter;

  /** What was promised of a revision. */
  private record Acknowledged(Body body, Map<String, Byte> attachments) {}

  DatabaseStory(long seed) {
    random = new SplittableRandom(seed);
    store = new FaultyStore(new MemoryStore(random.split()), random.split());
    database = new Databases(store).create("db").orElseThrow();
    FaultPlan chance = FaultPlan.seeded(random.split(), 0.05, 0.01);
    // A lost answer of an upload loses the pin that was in it; that is the store's to sweep, and
    // not a leak here.
    plan =
        call -> {
          Fault fault = chance.fault(call);
          return call.operation() == Operation.UPLOAD && fault == Fault.LOST_ANSWER
              ? Fault.ERROR
              : fault;
        };
    store.plan(plan);
  }

  void run(int steps) throws IOException {
    for (int i = 0; i < steps; i++) {
      try {
        step();
      } catch (CrashedException e) {
        restart();
        check();
        store.plan(plan);
      } catch (StoreException | IOException e) {
        // Refused or lost: nothing was promised.
      }
    }
    store.plan(FaultPlan.none());
    if (store.isAlive()) {
      database.changes().close();
      database.close();
      store.assertNothingOpen();
      store.crash();
    }
    restart();
    check();
    follow(Integer.MAX_VALUE);
    checkFollower();
  }

  private void restart() {
    store.plan(FaultPlan.none());
    store = store.restart();
    database = new Databases(store).find("db").orElseThrow();
  }

  private void step() throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> edit();
      case 4, 5, 6 -> merge();
      case 7 -> database.store().compact((done, total) -> random.nextInt(4) > 0);
      default -> follow(1 + random.nextInt(5));
    }
  }

  private DocId anyId() {
    return DocId.of("doc" + random.nextInt(IDS));
  }

  private Body anyBody() {
    return Body.parse("{\"n\":" + counter++ + "}");
  }

  /** An edit of a leaf, or of something that is none. */
  private void edit() throws IOException {
    DocId id = anyId();
    Optional<StoredDocument> before = Reads.document(database.store(), id.text());
    Optional<RevId> parent =
        before
            .filter(document -> random.nextInt(8) > 0)
            .map(document -> any(document.tree().orElseThrow().revisions()));
    boolean deleted = random.nextInt(6) == 0;
    Body body = anyBody();
    Map<String, Byte> expected = new HashMap<>();
    try (Attachments attachments = new Attachments()) {
      List<AttachmentInput> inputs =
          deleted ? List.of() : attachments.some(kept(before, parent), expected);
      NewRevision revision = new NewRevision(id, parent, deleted, body, inputs);
      switch (database.update(revision)) {
        case WriteResult.Written written ->
            acknowledge(id, written.rev(), new Acknowledged(body, expected));
        case WriteResult.Present present -> throw new AssertionError("a new body: " + present);
        case WriteResult.Conflict(List<Leaf> leaves) -> {
          boolean withReason =
              parent.isEmpty()
                  ? !leaves.getFirst().deleted()
                  : leaves.stream().map(Leaf::rev).noneMatch(parent.get()::equals);
          assertThat(withReason).isTrue();
        }
        case WriteResult.MissingStub missing ->
            throw new AssertionError("its parent has it: " + missing);
        case WriteResult.Forbidden forbidden ->
            throw new AssertionError("nobody guards this: " + forbidden);
      }
    }
  }

  private static Optional<StoredRevision> kept(
      Optional<StoredDocument> document, Optional<RevId> parent) {
    return parent.flatMap(rev -> document.flatMap(found -> found.revision(rev)));
  }

  /** A revision made elsewhere: new, or one that was written or tried before. */
  private void merge() throws IOException {
    DocId id = anyId();
    List<RevPath> known = tried.computeIfAbsent(id, unknown -> new ArrayList<>());
    if (!known.isEmpty() && random.nextInt(5) == 0) {
      RevPath again = any(known);
      Body body = bodyOf(again.newest());
      ForeignRevision revision = new ForeignRevision(id, again, false, body, List.of());
      database.merge(List.of(revision));
      acknowledge(id, again.newest(), new Acknowledged(body, Map.of()));
      return;
    }
    RevPath path = extended(known);
    known.add(path);
    Body body = bodyOf(path.newest());
    assertThat(database.merge(List.of(new ForeignRevision(id, path, false, body, List.of()))))
        .first()
        .isInstanceOf(WriteResult.Written.class);
    acknowledge(id, path.newest(), new Acknowledged(body, Map.of()));
  }

  private static Body bodyOf(RevId rev) {
    return Body.parse("{\"foreign\":\"" + rev + "\"}");
  }

  private RevPath extended(List<RevPath> known) {
    RevPath base =
        known.isEmpty() || random.nextInt(3) == 0
            ? RevPath.of(RevId.of(1, "f" + counter++))
            : any(known);
    List<RevId> path = new ArrayList<>(base.revisions());
    for (int more = random.nextInt(3); more >= 0; more--) {
      path.addFirst(RevId.of(path.getFirst().generation() + 1, "f" + counter++));
    }
    return new RevPath(path);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void acknowledge(DocId id, RevId rev, Acknowledged what) {
    acknowledged.computeIfAbsent(id, unknown -> new HashMap<>()).put(rev, what);
  }

  /** Reads on from the token, and remembers nothing else. */
  private void follow(int limit) {
    Map<DocId, List<Leaf>> rows = new HashMap<>();
    Page page =
        database
            .changes()
            .read(
                ChangesRequest.ALL.withStyle(ChangesRequest.Style.ALL_DOCS).withLimit(limit),
                database.changes().tokens().parse(token),
                (document, leaves) -> {
                  rows.put(document.id(), leaves);
                  return true;
                });
    followed.putAll(rows);
    token = database.changes().tokens().format(page.lastSeq());
  }

  private void checkFollower() {
    for (StoredDocument document : Reads.changes(database.store(), Seq.ZERO)) {
      assertThat(followed.get(document.id())).isEqualTo(document.leaves());
    }
  }

  private void check() throws IOException {
    for (var document : acknowledged.entrySet()) {
      StoredDocument found =
          Reads.document(database.store(), document.getKey().text()).orElseThrow();
      RevTree tree = found.tree().orElseThrow();
      assertThat(tree.revisions()).containsAll(document.getValue().keySet());
      assertThat(found.leaves()).isEqualTo(tree.leaves()).isSortedAccordingTo(Leaf.WINNER_FIRST);
      for (StoredRevision leaf : found.revisions()) {
        Acknowledged expected = document.getValue().get(leaf.rev());
        if (expected != null) {
          checkContent(leaf, expected);
        }
      }
    }
  }

  private void checkContent(StoredRevision leaf, Acknowledged expected) throws IOException {
    assertThat(leaf.body()).isEqualTo(expected.body());
    Set<String> names =
        leaf.attachments().stream().map(AttachmentRef::name).collect(Collectors.toSet());
    assertThat(names).isEqualTo(expected.attachments().keySet());
    for (AttachmentRef attachment : leaf.attachments()) {
      assertThat(attachment.revpos()).isBetween(1, leaf.rev().generation());
      AttachmentBody body = AttachmentBody.decoded(database.store().attachments(), attachment);
      try (InputStream bytes = body.stream()) {
        assertThat(bytes.readAllBytes())
            .containsExactly(expected.attachments().get(attachment.name()));
      }
    }
  }

  /** Attachments of a revision that is about to be written. */
  private final class Attachments implements AutoCloseable {
    private final List<IncomingAttachment> incoming = new ArrayList<>();

    /**
     * Some of the parent's as stubs, and perhaps a new one, of which only a few different ones
     * exist.
     */
    List<AttachmentInput> some(Optional<StoredRevision> parent, Map<String, Byte> expected)
        throws IOException {
      List<AttachmentInput> inputs = new ArrayList<>();
      Acknowledged before =
          parent
              .map(
                  revision ->
                      acknowledged.values().stream()
                          .map(revisions -> revisions.get(revision.rev()))
                          .filter(known -> known != null)
                          .findFirst()
                          .orElse(new Acknowledged(Body.EMPTY, Map.of())))
              .orElse(new Acknowledged(Body.EMPTY, Map.of()));
      before
          .attachments()
          .forEach(
              (name, content) -> {
                if (random.nextInt(4) > 0) {
                  inputs.add(new AttachmentInput.Stub(name, Optional.empty(), Optional.empty()));
                  expected.put(name, content);
                }
              });
      if (random.nextInt(3) == 0) {
        byte content = (byte) random.nextInt(4);
        String name = "new" + counter++;
        IncomingAttachment one =
            new AttachmentIntake(database.store().attachments(), 100)
                .receive(
                    Announced.identity(name, "text/plain"),
                    new ByteArrayInputStream(new byte[] {content}));
        incoming.add(one);
        inputs.add(one.input());
        expected.put(name, content);
      }
      return inputs;
    }

    @Override
    public void close() {
      incoming.forEach(IncomingAttachment::close);
    }
  }
}
