package org.skerry.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.Outgoing;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Sent;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what changed here. A document goes with the version on which it stands; what the partner
 * refuses because it has another one is taken in as a conflict here, and goes again when that is
 * settled. Documents with an open conflict stay here until then.
 */
final class Push {
  private static final int PAGE = 50;

  /** Of records held at a time, if they are more than one. */
  private static final long MOST_BYTES = 4 << 20;

  private final Run run;
  private final Flow flow;
  private final Intake intake;

  Push(Run run, Flow flow) {
    this.run = run;
    this.flow = flow;
    this.intake = new Intake(run);
  }

  /**
   * Sends everything behind the marks, and what was set aside and is due. Categories share their
   * reading; each has a mark of its own.
   *
   * @param subjects whose turn it is
   * @throws PartnerDownException when it could not; what was taken care of stays so
   */
  void run(List<Subject> subjects) {
    try {
      if (!subjects.isEmpty()) {
        Seq at = subjects.stream().map(this::mark).min(Comparator.comparing(Seq::number)).get();
        Seq before;
        do {
          before = at;
          at = page(at, subjects);
        } while (!at.equals(before));
      }
      retry(letter -> letter.isDue(run.now()));
    } catch (PartnerDownException e) {
      // What was done is done, though the mark did not move.
      run.commit();
      throw e;
    } finally {
      run.abandon();
    }
  }

  /** How far a category is sent. */
  private Seq mark(Subject subject) {
    return mark(run.ledger(), subject);
  }

  static Seq mark(Ledger ledger, Subject subject) {
    return ledger.mark(Direction.PUSH, subject.category()).map(Push::seq).orElse(Seq.ZERO);
  }

  private static Seq seq(JsonNode mark) {
    return Seq.of(
        mark.path("seq").asLong(0), HexFormat.of().parseHex(mark.path("position").asString("")));
  }

  private static ObjectNode mark(Seq seq) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seq", seq.number())
        .put("position", HexFormat.of().formatHex(seq.position()));
  }

  private Seq page(Seq since, List<Subject> subjects) {
    List<StoredDocument> changed = new ArrayList<>();
    Seq reached =
        run.database()
            .store()
            .changes(
                ChangeRange.after(since, PAGE),
                Fields.LEAVES,
                document -> {
                  changed.add(document);
                  return true;
                });
    List<Going> going = new ArrayList<>();
    long bytes = 0;
    for (StoredDocument document : changed) {
      Optional<Going> one =
          RecordId.of(document.id())
              .flatMap(id -> of(id, subjects).flatMap(subject -> going(subject, id, document)));
      one.ifPresent(going::add);
      bytes += one.map(Going::bytes).orElse(0L);
      if (bytes > MOST_BYTES) {
        send(going);
        going.clear();
        bytes = 0;
      }
    }
    send(going);
    if (!reached.equals(since)) {
      for (Subject subject : subjects) {
        if (mark(subject).number() <= since.number()) {
          run.ledger().mark(Direction.PUSH, subject.category(), mark(reached));
        }
      }
      run.commit();
    }
    return reached;
  }

  private static Optional<Subject> of(RecordId id, List<Subject> subjects) {
    return subjects.stream().filter(one -> one.type().equals(id.type())).findFirst();
  }

  /** Tries documents again that were set aside. */
  void retry(Predicate<Letter> wanted) {
    for (Letter letter : run.ledger().letters()) {
      Optional<Subject> subject = of(letter.id(), flow.subjects());
      if (letter.direction() == Direction.PUSH && subject.isPresent() && wanted.test(letter)) {
        StoredDocument[] found = new StoredDocument[1];
        run.database()
            .store()
            .load(
                List.of(letter.id().document()),
                Fields.LEAVES,
                document -> {
                  found[0] = document;
                  return true;
                });
        if (found[0] == null) {
          run.ledger().remove(Direction.PUSH, letter.id());
        } else {
          send(going(subject.get(), letter.id(), found[0]).stream().toList());
        }
        run.commit();
      }
    }
  }

  /**
   * What goes to the partner.
   *
   * @param record nothing when the document is deleted
   */
  private record Going(Step step, Optional<Outgoing> record) {
    long bytes() {
      return record
          .map(going -> bytes(going.revision()) + going.base().map(Going::bytes).orElse(0))
          .orElse(0);
    }

    private static int bytes(StoredRevision revision) {
      return revision.body().json().length;
    }
  }

  /** What a document becomes at the partner; nothing when it stays here, or is there already. */
  private Optional<Going> going(Subject subject, RecordId id, StoredDocument document) {
    if (document.leaves().stream().filter(leaf -> !leaf.deleted()).count() > 1) {
      return Optional.empty();
    }
    Optional<Link> link = run.ledger().link(id);
    Optional<Link> live = link.filter(last -> !last.deleted());
    RevId rev = document.winner().rev();
    boolean known = link.filter(last -> last.rev().equals(rev.toString())).isPresent();
    if (known || document.deleted() && live.isEmpty()) {
      run.ledger().remove(Direction.PUSH, id);
      return Optional.empty();
    }
    if (document.deleted()) {
      Step step = new Step(subject, id, link, rev, true, Notice.DELETED);
      return Optional.of(new Going(step, Optional.empty()));
    }
    // Compacted this very moment, if it is not here: the feed tells of what came instead.
    return revision(id, rev).map(now -> changed(subject, id, link, now));
  }

  private Going changed(Subject subject, RecordId id, Optional<Link> link, StoredRevision now) {
    Optional<Link> live = link.filter(last -> !last.deleted());
    Outgoing record =
        new Outgoing(
            id,
            now,
            live.map(Link::version),
            live.map(Link::rev)
                .filter(last -> !last.isEmpty())
                .flatMap(last -> revision(id, RevId.parse(last))));
    String action = run.client(subject).action(record);
    return new Going(new Step(subject, id, link, now.rev(), false, action), Optional.of(record));
  }

  /** Sends first what the partner takes together, then each of the others. */
  private void send(List<Going> all) {
    Map<RecordClient, List<Outgoing>> records = new LinkedHashMap<>();
    for (Going one : all) {
      one.record()
          .filter(record -> !BesideData.has(record.revision()))
          .ifPresent(
              record ->
                  records
                      .computeIfAbsent(
                          run.client(one.step().subject()), client -> new ArrayList<>())
                      .add(record));
    }
    Map<RecordId, Sent> together = new HashMap<>();
    records.forEach(
        (client, some) -> {
          if (some.size() > 1) {
            together.putAll(client.sendTogether(some));
          }
        });
    List<Going> alone = new ArrayList<>();
    for (Going one : all) {
      Sent sent = together.get(one.step().id());
      if (sent == null) {
        alone.add(one);
      } else {
        became(one.step(), () -> sent);
      }
    }
    alone.forEach(one -> became(one.step(), () -> sent(one)));
  }

  private Sent sent(Going one) {
    Step step = one.step();
    RecordClient client = run.client(step.subject());
    return one.record()
        .map(
            record ->
                BesideData.has(record.revision()) ? sendWhole(client, record) : client.send(record))
        .orElseGet(() -> client.remove(step.id(), step.link().orElseThrow().version()));
  }

  private Sent sendWhole(RecordClient client, Outgoing record) {
    Optional<StoredRevision> whole;
    try {
      whole =
          BesideData.whole(record.id(), record.revision(), run.database().store().attachments());
    } catch (NoResourceException e) {
      return new Sent.Refused(String.valueOf(e.getMessage()));
    }
    return whole
        .map(now -> client.send(new Outgoing(record.id(), now, record.known(), record.base())))
        .orElseGet(
            () ->
                new Sent.Refused(
                    "with its data it has more than the "
                        + BesideData.MOST
                        + " bytes that a partner is sent at once"));
  }

  private Optional<StoredRevision> revision(RecordId id, RevId rev) {
    List<StoredRevision> found = new ArrayList<>(1);
    run.database()
        .store()
        .read(
            List.of(new RevisionRef(id.document(), rev)),
            (ref, there) -> there.ifPresent(stored -> found.add(stored.revision())));
    return found.stream().findFirst();
  }

  /** A revision that was sent. */
  private record Step(
      Subject subject,
      RecordId id,
      Optional<Link> link,
      RevId rev,
      boolean deleted,
      String action) {}

  private void became(Step step, Supplier<Sent> sending) {
    run.notes().about(step.id());
    became(step, sending.get());
    run.notes().aboutNone();
  }

  private void became(Step step, Sent sent) {
    switch (sent) {
      case Sent.Accepted(String version) -> {
        run.ledger().put(step.id(), new Link(version, step.rev().toString(), step.deleted()));
        run.succeeded(
            Direction.PUSH,
            step.subject(),
            step.id(),
            step.action(),
            step.rev().toString(),
            Optional.empty());
      }
      case Sent.Outdated(String said) -> takeTheirs(step, said);
      case Sent.Refused(String said) -> failed(step, said);
    }
  }

  private void failed(Step step, String said) {
    run.failed(Direction.PUSH, step.subject(), step.id(), step.action(), said);
  }

  /**
   * The partner has another version than it was sent for: theirs stands beside ours from now on.
   */
  private void takeTheirs(Step step, String said) {
    Fetched fetched = run.client(step.subject()).fetch(step.id());
    String known = step.link().map(Link::version).orElse("");
    Optional<Version> theirs =
        switch (fetched) {
          case Fetched.Here(Version now) when now.body().isEmpty() || !now.name().equals(known) ->
              Optional.of(now);
          case Fetched.Absent absent when !known.isEmpty() -> Optional.of(Version.gone(""));
          default -> Optional.empty();
        };
    if (theirs.isEmpty()) {
      failed(step, said);
      return;
    }
    run.ledger().remove(Direction.PUSH, step.id());
    intake.take(List.of(new Incoming(step.subject(), step.id(), Notice.UPDATED, theirs.get())));
  }
}
