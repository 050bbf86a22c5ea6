package org.skerry.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skerry.exchange.Fetcher.Fetched;
import org.skerry.exchange.Letter.Direction;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.store.Fields;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what the partner has. For each part of a feed: get the records, take them in, then move
 * the mark. Afterwards records that were set aside, and are due, are tried again.
 */
final class Pull {
  /** Records that share a commit. */
  private static final int CHUNK = 50;

  private static final long CHUNK_BYTES = 8 << 20;

  private final Run run;
  private final Flow flow;
  private final Fetcher fetcher;
  private final Intake intake;
  private final Set<String> types;

  /** What is stored together, and what of it others may refer to. */
  private final List<Incoming> chunk = new ArrayList<>();

  private final Set<ResourceId> arriving = new HashSet<>();
  private long bytes;

  Pull(Run run, Flow flow) {
    this.run = run;
    this.flow = flow;
    this.fetcher = new Fetcher(run);
    this.intake = new Intake(run);
    this.types = flow.subjects().stream().map(Subject::type).collect(Collectors.toSet());
  }

  /**
   * Reads all feeds to their ends.
   *
   * @throws PartnerDownException when it could not; what was taken care of stays so
   */
  void run() {
    try {
      for (Subject subject : flow.subjects()) {
        read(subject);
      }
      retry(letter -> letter.isDue(run.now()) || isHere(letter.waitsFor()));
    } catch (PartnerDownException e) {
      // What was done is done, though the mark did not move.
      run.commit();
      throw e;
    } finally {
      run.abandon();
    }
  }

  private void read(Subject subject) {
    var mark = run.ledger().mark(Direction.PULL, subject.category());
    Partner partner = run.partner();
    if (partner.feeds().isPresent()) {
      new AtomSource(run.client(), partner.feeds().get())
          .read(subject, mark, (notices, next) -> take(subject, notices, next));
    } else {
      new HistorySource(run.client(), partner.base())
          .read(subject, mark, (notices, next) -> take(subject, notices, next));
    }
  }

  private void take(Subject subject, List<Notice> notices, ObjectNode mark) {
    for (Notice notice : notices) {
      take(notice, false);
    }
    flush();
    run.ledger().mark(Direction.PULL, subject.category(), mark);
    run.commit();
  }

  private void take(Notice notice, boolean last) {
    if (isKnown(notice)) {
      return;
    }
    Fetched fetched = fetched(notice);
    switch (fetched) {
      case Fetched.Here(Incoming incoming) -> enqueue(incoming, last);
      case Fetched.Absent absent -> {
        if (notice.deleted()) {
          enqueue(
              new Incoming(
                  notice.category(), notice.id(), notice.version().orElse(""), Optional.empty()),
              last);
        } else {
          failed(notice, "the partner told of it, and does not have it");
        }
      }
      case Fetched.Refused(String problem) -> failed(notice, problem);
    }
  }

  /** Known before it is fetched: it came from here, or came before. */
  private boolean isKnown(Notice notice) {
    return !notice.deleted()
        && notice.version().isPresent()
        && run.ledger()
            .link(notice.id())
            .filter(link -> !link.deleted() && link.version().equals(notice.version().get()))
            .isPresent();
  }

  private Fetched fetched(Notice notice) {
    if (notice.deleted() && notice.version().isPresent()) {
      return new Fetched.Here(
          new Incoming(notice.category(), notice.id(), notice.version().get(), Optional.empty()));
    }
    return notice.json().isPresent()
        ? fetcher.understand(notice.category(), notice.id(), notice.json().get(), notice.version())
        : fetcher.fetch(notice.category(), notice.id(), run.url(notice.id()));
  }

  private void failed(Notice notice, String problem) {
    run.failed(
        Direction.PULL,
        notice.category(),
        notice.id(),
        notice.deleted() ? "DELETED" : "UPDATED",
        problem);
  }

  private void enqueue(Incoming incoming, boolean last) {
    Optional<ResourceId> missing =
        incoming.deleted() || last
            ? Optional.empty()
            : References.missing(
                incoming.body().orElseThrow().body().json(),
                id -> types.contains(id.type()) && !id.equals(incoming.id()),
                id -> arriving.contains(id) || isHere(Optional.of(id)));
    if (missing.isPresent()) {
      run.waits(incoming.category(), incoming.id(), missing.get());
      return;
    }
    if (!arriving.add(incoming.id())) {
      flush();
      arriving.add(incoming.id());
    }
    chunk.add(incoming);
    bytes += incoming.body().map(body -> body.body().json().length).orElse(0);
    if (chunk.size() >= CHUNK || bytes > CHUNK_BYTES) {
      flush();
    }
  }

  private void flush() {
    intake.take(chunk);
    chunk.clear();
    arriving.clear();
    bytes = 0;
  }

  private boolean isHere(Optional<ResourceId> id) {
    boolean[] live = {false};
    id.ifPresent(
        target ->
            run.database()
                .store()
                .load(
                    List.of(target.document()),
                    Fields.LEAVES,
                    document -> {
                      live[0] = !document.deleted();
                      return true;
                    }));
    return live[0];
  }

  /** Tries records again that were set aside; as long as some arrive, others may wait for them. */
  private void retry(Predicate<Letter> wanted) {
    boolean more = true;
    while (more) {
      more = retryOnce(wanted);
    }
  }

  /** Tries each record again that was set aside. Returns whether any is here now. */
  boolean retryOnce(Predicate<Letter> wanted) {
    boolean more = false;
    for (Letter letter : run.ledger().letters()) {
      if (letter.direction() == Direction.PULL && wanted.test(letter)) {
        more |= retry(letter);
      }
    }
    return more;
  }

  /** Returns whether it is here now. */
  private boolean retry(Letter letter) {
    boolean last =
        letter.waitsFor().isPresent() && letter.attempts() >= run.partner().retry().attempts();
    take(
        new Notice(letter.category(), letter.id(), false, Optional.empty(), Optional.empty()),
        last);
    flush();
    run.commit();
    return run.ledger().letter(Direction.PULL, letter.id().toString()).isEmpty();
  }
}
