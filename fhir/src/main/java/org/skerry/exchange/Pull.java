package org.skerry.exchange;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Call;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.Noted;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Version;
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
  private static final int OK = 200;

  private final Run run;
  private final Flow flow;
  private final Intake intake;
  private final Set<String> types;

  /** What is stored together, and what of it others may refer to. */
  private final List<Incoming> chunk = new ArrayList<>();

  private final Set<RecordId> arriving = new HashSet<>();
  private long bytes;

  Pull(Run run, Flow flow) {
    this.run = run;
    this.flow = flow;
    this.intake = new Intake(run);
    this.types = flow.subjects().stream().map(Subject::type).collect(Collectors.toSet());
  }

  /**
   * Reads feeds to their ends, and tries what is due.
   *
   * @param subjects whose turn it is
   * @throws PartnerDownException when it could not; what was taken care of stays so
   */
  void run(List<Subject> subjects) {
    try {
      for (Subject subject : subjects) {
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
    RecordClient client = run.client(subject);
    Optional<URI> feeds = run.partner().feeds();
    if (feeds.isPresent()) {
      new AtomSource(run.feeds(feeds.get()), feeds.get())
          .read(subject, client, mark, (notices, next) -> take(subject, notices, next));
    } else {
      client
          .changes()
          .orElseThrow(
              () ->
                  new PartnerDownException(
                      "it has no feeds, and " + subject.client() + " cannot list changes"))
          .read(
              subject.category(),
              subject.type(),
              mark,
              (notices, next) -> take(subject, notices, next));
    }
  }

  private void take(Subject subject, List<Notice> notices, ObjectNode mark) {
    for (int from = 0; from < notices.size(); from += CHUNK) {
      List<Notice> some = notices.subList(from, Math.min(notices.size(), from + CHUNK));
      Map<RecordId, Fetched> together = fetchTogether(subject, some);
      for (Notice notice : some) {
        if (!isKnown(notice)) {
          take(subject, notice, together, false);
        }
      }
    }
    flush();
    run.ledger().mark(Direction.PULL, subject.category(), mark);
    run.commit();
  }

  private Map<RecordId, Fetched> fetchTogether(Subject subject, List<Notice> notices) {
    List<RecordId> wanted =
        notices.stream()
            .filter(notice -> notice.json().isEmpty() && !isToldGone(notice) && !isKnown(notice))
            .map(Notice::id)
            .toList();
    return wanted.size() < 2 ? Map.of() : run.client(subject).fetchTogether(wanted);
  }

  private void take(Subject subject, Notice notice, Map<RecordId, Fetched> together, boolean last) {
    Fetched before = together.get(notice.id());
    run.notes().about(notice.id());
    Fetched fetched = before == null ? fetched(run.client(subject), notice) : before;
    run.notes().aboutNone();
    switch (fetched) {
      case Fetched.Here(Version version) -> enqueue(incoming(subject, notice, version), last);
      case Fetched.Absent absent -> {
        if (notice.mayBeGone()) {
          Version gone = Version.gone(notice.version().orElse(""));
          enqueue(incoming(subject, notice, gone), last);
        } else {
          failed(subject, notice, "the partner told of it, and does not have it");
        }
      }
      case Fetched.Refused(String problem) -> failed(subject, notice, problem);
    }
  }

  private static Incoming incoming(Subject subject, Notice notice, Version version) {
    return new Incoming(subject, notice.id(), notice.action(), version);
  }

  /** Known before it is fetched: it came from here, or came before. */
  private boolean isKnown(Notice notice) {
    return !notice.isGone()
        && notice.version().isPresent()
        && run.ledger()
            .link(notice.id())
            .filter(link -> !link.deleted() && link.version().equals(notice.version().get()))
            .isPresent();
  }

  private static boolean isToldGone(Notice notice) {
    return notice.isGone() && notice.version().isPresent();
  }

  private Fetched fetched(RecordClient client, Notice notice) {
    if (isToldGone(notice)) {
      return new Fetched.Here(Version.gone(notice.version().orElseThrow()));
    }
    if (notice.json().isEmpty()) {
      return client.fetch(notice.id());
    }
    byte[] json = notice.json().get();
    Call list = Call.get(URI.create(notice.source()), "*/*");
    run.notes().add(notice.id(), Noted.of(list, OK, json));
    return client.read(notice.id(), json, notice.version());
  }

  private void failed(Subject subject, Notice notice, String problem) {
    run.failed(Direction.PULL, subject, notice.id(), notice.action(), problem);
  }

  private void enqueue(Incoming incoming, boolean last) {
    Optional<RecordId> missing = incoming.deleted() || last ? Optional.empty() : missing(incoming);
    if (missing.isPresent()) {
      run.waits(incoming, missing.get());
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

  /** What it refers to that is pulled as well, and neither here nor arriving. */
  private Optional<RecordId> missing(Incoming incoming) {
    byte[] json = incoming.body().orElseThrow().body().json();
    return run.client(incoming.subject()).references(json).stream()
        .filter(id -> types.contains(id.type()) && !id.equals(incoming.id()))
        .filter(id -> !arriving.contains(id) && !isHere(Optional.of(id)))
        .findFirst();
  }

  private void flush() {
    intake.take(chunk);
    chunk.clear();
    arriving.clear();
    bytes = 0;
  }

  private boolean isHere(Optional<RecordId> id) {
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

  /** A record that was set aside, of a category that is pulled. */
  private record Aside(Subject subject, Letter letter) {}

  /** Tries each record again that was set aside. Returns whether any is here now. */
  boolean retryOnce(Predicate<Letter> wanted) {
    List<Aside> aside = new ArrayList<>();
    for (Letter letter : run.ledger().letters()) {
      if (letter.direction() == Direction.PULL && wanted.test(letter)) {
        flow.subjects().stream()
            .filter(one -> one.category().equals(letter.category()))
            .findFirst()
            .ifPresent(subject -> aside.add(new Aside(subject, letter)));
      }
    }
    boolean more = false;
    for (int from = 0; from < aside.size(); from += CHUNK) {
      more |= retry(aside.subList(from, Math.min(aside.size(), from + CHUNK)));
    }
    return more;
  }

  /** Returns whether any of them is here now. */
  private boolean retry(List<Aside> some) {
    Map<Subject, List<Notice>> notices =
        some.stream()
            .collect(
                Collectors.groupingBy(
                    Aside::subject, Collectors.mapping(Pull::notice, Collectors.toList())));
    Map<RecordId, Fetched> together = new HashMap<>();
    notices.forEach((subject, all) -> together.putAll(fetchTogether(subject, all)));
    for (Aside one : some) {
      Letter letter = one.letter();
      boolean last =
          letter.waitsFor().isPresent() && letter.attempts() >= one.subject().retry().attempts();
      take(one.subject(), notice(one), together, last);
    }
    flush();
    run.commit();
    return some.stream()
        .anyMatch(one -> run.ledger().letter(Direction.PULL, one.letter().id()).isEmpty());
  }

  private static Notice notice(Aside one) {
    return Notice.of(one.letter().id(), one.letter().action(), "");
  }
}
