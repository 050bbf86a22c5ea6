package org.skerry.exchange;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.exchange.Fetcher.Fetched;
import org.skerry.exchange.Letter.Direction;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what changed here. A document goes with the version on which it stands; what the partner
 * refuses because it has another one is taken in as a conflict here, and goes again when that is
 * settled. Documents with an open conflict stay here until then.
 */
final class Push {
  private static final int PAGE = 50;
  private static final String CATEGORY = "changes";
  private static final int GONE = 410;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Run run;
  private final Flow flow;
  private final Fetcher fetcher;
  private final Intake intake;

  Push(Run run, Flow flow) {
    this.run = run;
    this.flow = flow;
    this.fetcher = new Fetcher(run);
    this.intake = new Intake(run);
  }

  /**
   * Sends everything behind the mark, and what was set aside and is due.
   *
   * @throws PartnerDownException when it could not; what was taken care of stays so
   */
  void run() {
    try {
      Seq at = run.ledger().mark(Direction.PUSH, CATEGORY).map(Push::seq).orElse(Seq.ZERO);
      Seq before;
      do {
        before = at;
        at = page(at);
      } while (!at.equals(before));
      retry(letter -> letter.isDue(run.now()));
    } catch (PartnerDownException e) {
      // What was done is done, though the mark did not move.
      run.commit();
      throw e;
    } finally {
      run.abandon();
    }
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

  private Seq page(Seq since) {
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
    for (StoredDocument document : changed) {
      ResourceId.of(document.id()).ifPresent(id -> send(id, document));
    }
    if (!reached.equals(since)) {
      run.ledger().mark(Direction.PUSH, CATEGORY, mark(reached));
      run.commit();
    }
    return reached;
  }

  /** Tries documents again that were set aside. */
  void retry(Predicate<Letter> wanted) {
    for (Letter letter : run.ledger().letters()) {
      if (letter.direction() == Direction.PUSH && wanted.test(letter)) {
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
          send(letter.id(), found[0]);
        }
        run.commit();
      }
    }
  }

  private void send(ResourceId id, StoredDocument document) {
    Optional<Subject> subject =
        flow.subjects().stream().filter(one -> one.type().equals(id.type())).findFirst();
    boolean conflicted = document.leaves().stream().filter(leaf -> !leaf.deleted()).count() > 1;
    if (subject.isEmpty() || conflicted) {
      return;
    }
    Optional<Link> link = run.ledger().link(id);
    String rev = document.winner().rev().toString();
    if (link.filter(last -> last.rev().equals(rev)).isPresent()) {
      run.ledger().remove(Direction.PUSH, id);
      return;
    }
    if (document.deleted()) {
      delete(subject.get(), id, link, rev);
    } else {
      put(subject.get(), id, link, rev);
    }
  }

  private void delete(Subject subject, ResourceId id, Optional<Link> link, String rev) {
    if (link.isEmpty() || link.get().deleted()) {
      run.ledger().remove(Direction.PUSH, id);
      return;
    }
    PartnerClient.Reply reply = run.client().delete(URI.create(run.url(id)), matching(link.get()));
    if (reply.isSuccess() || reply.status() == GONE || reply.status() == NOT_FOUND) {
      run.ledger().put(id, new Link(reply.version().orElse(""), rev, true));
      run.succeeded(Direction.PUSH, subject.category(), id, "DELETED", rev, Optional.empty());
    } else if (reply.status() == PRECONDITION_FAILED || reply.status() == CONFLICT) {
      takeTheirs(subject, id, link, "DELETED", reply);
    } else {
      run.failed(Direction.PUSH, subject.category(), id, "DELETED", reply.said());
    }
  }

  private static Map<String, String> matching(Link link) {
    return link.version().isEmpty() ? Map.of() : Map.of("If-Match", "W/\"" + link.version() + "\"");
  }

  private void put(Subject subject, ResourceId id, Optional<Link> link, String rev) {
    boolean there = link.filter(last -> !last.deleted()).isPresent();
    String action = there ? "UPDATED" : "CREATED";
    Optional<byte[]> json = json(subject, id, rev, action);
    if (json.isEmpty() || !there && theyHaveIt(subject, id)) {
      return;
    }
    PartnerClient.Reply reply =
        run.client()
            .put(
                URI.create(run.url(id)),
                json.get(),
                there ? matching(link.orElseThrow()) : Map.of("If-None-Match", "*"));
    if (reply.isSuccess()) {
      run.ledger().put(id, new Link(version(reply), rev, false));
      run.succeeded(Direction.PUSH, subject.category(), id, action, rev, Optional.empty());
    } else if (reply.status() == PRECONDITION_FAILED || reply.status() == CONFLICT) {
      takeTheirs(subject, id, link, action, reply);
    } else {
      run.failed(Direction.PUSH, subject.category(), id, action, reply.said());
    }
  }

  /** The winner as the partner gets it; nothing when it is no resource, which is noted. */
  private Optional<byte[]> json(Subject subject, ResourceId id, String rev, String action) {
    List<StoredDocument> found = new ArrayList<>(1);
    run.database().store().load(List.of(id.document()), Fields.WINNER, found::add);
    if (found.isEmpty() || !found.getFirst().winner().rev().toString().equals(rev)) {
      // Changed this very moment: the feed tells of it again.
      return Optional.empty();
    }
    try {
      return Optional.of(ResourceText.of(id, found.getFirst()).json());
    } catch (NoResourceException e) {
      run.failed(Direction.PUSH, subject.category(), id, action, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Whether the partner has a record that was never exchanged: then it is taken in first, for not
   * every server heeds {@code If-None-Match}.
   */
  private boolean theyHaveIt(Subject subject, ResourceId id) {
    Fetched fetched = fetcher.fetch(subject.category(), id, run.url(id));
    return switch (fetched) {
      case Fetched.Absent absent -> false;
      case Fetched.Here(Incoming incoming) when incoming.deleted() -> false;
      case Fetched.Here(Incoming incoming) -> {
        intake.take(List.of(incoming));
        yield true;
      }
      case Fetched.Refused(String problem) -> {
        run.failed(Direction.PUSH, subject.category(), id, "CREATED", problem);
        yield true;
      }
    };
  }

  /**
   * The partner has another version than it was sent for: theirs stands beside ours from now on.
   */
  private void takeTheirs(
      Subject subject, ResourceId id, Optional<Link> link, String action, PartnerClient.Reply no) {
    Fetched fetched = fetcher.fetch(subject.category(), id, run.url(id));
    String known = link.map(Link::version).orElse("");
    if (fetched instanceof Fetched.Here(Incoming incoming)
        && !(incoming.version().equals(known) && !incoming.deleted())) {
      run.ledger().remove(Direction.PUSH, id);
      intake.take(List.of(incoming));
    } else {
      run.failed(Direction.PUSH, subject.category(), id, action, no.said());
    }
  }

  private static String version(PartnerClient.Reply reply) {
    return reply
        .version()
        .orElseGet(
            () -> {
              try {
                return MAPPER.readTree(reply.body()).path("meta").path("versionId").asString("");
              } catch (JacksonException e) {
                return "";
              }
            });
  }
}
