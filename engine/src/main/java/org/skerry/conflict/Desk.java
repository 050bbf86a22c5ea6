package org.skerry.conflict;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Merged;
import org.skerry.conflict.merge.Pointer;
import org.skerry.conflict.merge.Way;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;

/** What people do about a database's conflicts. Any thread. */
public final class Desk {
  static final String CROWDED =
      "more than "
          + Situation.MOST_VERSIONS
          + " versions, or more than "
          + (Situation.COMPARED_BYTES >> 20)
          + " MB of them, which are not compared: choose one of them, or write what holds";

  private static final String HEAVY =
      "the versions are together larger than "
          + (Crowd.MOST_BYTES >> 20)
          + " MB: delete some of the document's leaves first";

  private final Database database;
  private final Policies policies;
  private final InstantSource clock;

  Desk(Database database, Policies policies, InstantSource clock) {
    this.database = database;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * A wish to settle one document.
   *
   * @param seen the live leaves that the person saw; nothing for "whatever stands there"
   */
  public record Wish(
      DocId id, Optional<Set<RevId>> seen, Author author, Optional<String> comment) {}

  /** A person's choice about one member. */
  public sealed interface Choice {
    /** A leaf's value. */
    record From(RevId leaf) implements Choice {}

    /** That value. */
    record Value(Json value) implements Choice {}

    /** No value. */
    record Remove() implements Choice {}
  }

  /** One conflict as it is now; nothing when there is none. */
  public Optional<Conflict> find(DocId id) {
    return load(id)
        .filter(Situation::isConflict)
        .map(
            situation ->
                new Conflict(
                    id,
                    Kinds.of(id, situation.contents().getFirst()),
                    situation.live(),
                    situation.contents(),
                    situation.isHeld(),
                    new Proposer(policies).propose(situation, policies.of(database).policy())));
  }

  /**
   * A conflict of very many versions; nothing when there is none, or it has fewer.
   *
   * @param from the first leaf that is shown
   */
  public Optional<CrowdedConflict> findCrowded(DocId id, int from) {
    return Crowd.find(database.store(), id).flatMap(crowd -> page(crowd, from));
  }

  private static Optional<CrowdedConflict> page(Crowd crowd, int from) {
    return crowd
        .read(crowd.live().getFirst())
        .map(
            winner ->
                new CrowdedConflict(
                    crowd.id(),
                    Kinds.of(crowd.id(), Content.of(winner.body(), winner.attachments())),
                    crowd.live(),
                    winner,
                    from,
                    crowd.page(from, Situation.MOST_VERSIONS)));
  }

  /** One content for a document of very many versions. */
  private SettleResult settle(
      Wish wish, Crowd crowd, Function<Crowd, Optional<Content>> choice, String none) {
    if (wish.seen().isPresent() && !wish.seen().get().equals(Set.copyOf(crowd.live()))) {
      return new SettleResult.Moved(crowd.live());
    }
    Optional<Content> content = choice.apply(crowd);
    if (content.isEmpty()) {
      return new SettleResult.Bad(none);
    }
    return Draft.ofCrowd(crowd, content.get(), person(wish))
        .map(draft -> written(draft, database.settle(draft.settlement(), wish.author())))
        .orElseGet(() -> new SettleResult.Bad(HEAVY));
  }

  private static Optional<Content> contentOf(Crowd crowd, RevId leaf) {
    return crowd.live().contains(leaf)
        ? crowd.read(leaf).map(found -> Content.of(found.body(), found.attachments()))
        : Optional.empty();
  }

  /** A document whose versions may be compared. */
  private Optional<Situation> load(DocId id) {
    return load(id, Situation.COMPARED_BYTES);
  }

  private Optional<Situation> load(DocId id, long most) {
    return Situation.crowd(database.store(), id, most).isEmpty()
        ? Situation.load(database.store(), id)
        : Optional.empty();
  }

  /** A leaf's content becomes the document's. */
  public SettleResult choose(Wish wish, RevId leaf) {
    Optional<Crowd> crowd = Crowd.find(database.store(), wish.id());
    if (crowd.isPresent()) {
      return settle(
          wish, crowd.get(), all -> contentOf(all, leaf), leaf + " is none of the leaves");
    }
    return settle(
        wish,
        situation -> {
          int side = situation.live().indexOf(leaf);
          if (side < 0) {
            return new Chosen.Not(new SettleResult.Bad(leaf + " is none of the leaves"));
          }
          Way take = new Way.Take(side, "chosen");
          Merged merged =
              new Proposer(policies)
                  .choose(situation, Optional.empty(), Map.of(Pointer.ROOT, take));
          return new Chosen.Content(situation.contents().get(side), decided(merged, take));
        });
  }

  /** Decisions of a choice for the whole document, which overrides what guards single members. */
  private static List<Decision> decided(Merged merged, Way way) {
    int side = way instanceof Way.Take take ? take.side() : 0;
    return merged.decisions().stream()
        .map(
            one ->
                new Decision(
                    one.place(), way, false, one.base(), one.sides(), one.sides().get(side)))
        .toList();
  }

  /** The proposal, with a person's choices about members. */
  public SettleResult merge(Wish wish, Map<Pointer, Choice> choices) {
    return settle(wish, situation -> merged(situation, choices));
  }

  private Chosen merged(Situation situation, Map<Pointer, Choice> choices) {
    Map<Pointer, Way> ways = new HashMap<>();
    for (Map.Entry<Pointer, Choice> choice : choices.entrySet()) {
      switch (choice.getValue()) {
        case Choice.From from -> {
          int side = situation.live().indexOf(from.leaf());
          if (side < 0) {
            return new Chosen.Not(new SettleResult.Bad(from.leaf() + " is none of the leaves"));
          }
          ways.put(choice.getKey(), new Way.Take(side, "chosen"));
        }
        case Choice.Value value -> ways.put(choice.getKey(), new Way.Value(value.value()));
        case Choice.Remove remove -> ways.put(choice.getKey(), new Way.Remove());
      }
    }
    Merged merged = new Proposer(policies).choose(situation, policies.of(database).policy(), ways);
    Set<Pointer> unused = new HashSet<>(merged.unused());
    unused.retainAll(choices.keySet());
    if (!unused.isEmpty()) {
      return new Chosen.Not(
          new SettleResult.Bad(
              "no version has the member " + unused.iterator().next() + ": send the whole `doc`"));
    }
    if (!merged.isComplete()) {
      return new Chosen.Not(
          new SettleResult.Open(
              merged.open(), "nobody decided about " + String.join(", ", merged.open())));
    }
    return new Chosen.Content(
        Content.of(merged.document(), situation.contents()), merged.decisions());
  }

  /**
   * A person's own text.
   *
   * @param attachments names and digests of those that the document keeps; nothing for those of the
   *     proposal
   */
  public SettleResult edit(
      Wish wish, Body body, Optional<Map<String, Optional<String>>> attachments) {
    Optional<Crowd> crowd = Crowd.find(database.store(), wish.id());
    if (crowd.isPresent()) {
      return settle(
          wish,
          crowd.get(),
          all -> edited(all, body, attachments),
          "the version that is shown has no such attachment");
    }
    return settle(
        wish,
        situation -> {
          Proposal proposal =
              new Proposer(policies).propose(situation, policies.of(database).policy());
          Map<String, AttachmentRef> kept = new HashMap<>();
          Content.namedBy(body, situation.contents()).forEach(ref -> kept.put(ref.name(), ref));
          proposal.content().attachments().forEach(ref -> kept.put(ref.name(), ref));
          if (attachments.isPresent()) {
            kept.clear();
            for (Map.Entry<String, Optional<String>> stub : attachments.get().entrySet()) {
              Optional<AttachmentRef> ref = find(situation, stub.getKey(), stub.getValue());
              if (ref.isEmpty()) {
                return new Chosen.Not(
                    new SettleResult.Bad("no version has the attachment " + stub.getKey()));
              }
              kept.put(stub.getKey(), ref.get());
            }
          }
          Content content =
              Content.of(
                  body,
                  kept.values().stream()
                      .sorted(java.util.Comparator.comparing(AttachmentRef::name))
                      .toList());
          return new Chosen.Content(content, edited(proposal.decisions(), content));
        });
  }

  /** Attachments of a text for very many versions are those of the version that is shown. */
  private static Optional<Content> edited(
      Crowd crowd, Body body, Optional<Map<String, Optional<String>>> wanted) {
    List<AttachmentRef> known =
        crowd.read(crowd.live().getFirst()).map(StoredRevision::attachments).orElse(List.of());
    if (wanted.isEmpty()) {
      return Optional.of(Content.of(body, known));
    }
    List<AttachmentRef> kept =
        known.stream().filter(ref -> wanted.get().containsKey(ref.name())).toList();
    return kept.size() == wanted.get().size()
        ? Optional.of(Content.of(body, kept))
        : Optional.empty();
  }

  private static Optional<AttachmentRef> find(
      Situation situation, String name, Optional<String> digest) {
    return situation.contents().stream()
        .flatMap(content -> content.attachments().stream())
        .filter(ref -> ref.name().equals(name))
        .filter(ref -> digest.map(ref.digest()::equals).orElse(true))
        .findFirst();
  }

  private static List<Decision> edited(List<Decision> differences, Content content) {
    return differences.stream()
        .map(
            one ->
                new Decision(
                    one.place(),
                    new Way.Remove(),
                    false,
                    one.base(),
                    one.sides(),
                    one.place().find(content.document())))
        .toList();
  }

  /**
   * One rule for a document, as a policy would have it.
   *
   * @throws InvalidPolicyException when it is none
   */
  public SettleResult apply(Wish wish, JsonNode rule) {
    return settle(wish, by(rule));
  }

  /**
   * What {@link #apply} would do at this moment; nothing is written.
   *
   * @throws InvalidPolicyException when it is no rule
   */
  public SettleResult plan(Wish wish, JsonNode rule) {
    return switch (prepare(wish, by(rule))) {
      case Prepared.Not(SettleResult why) -> why;
      case Prepared.Ready(Situation situation, Draft draft, List<Decision> decisions) ->
          database
              .refusal(draft.settlement(), wish.author())
              .<SettleResult>map(refusal -> refused(refusal))
              .orElseGet(() -> new SettleResult.Planned(draft.into(), situation.live(), decisions));
    };
  }

  private Function<Situation, Chosen> by(JsonNode rule) {
    Rule applied = PolicyReader.adHoc(rule);
    return situation -> {
      Proposal proposal = new Proposer(policies).propose(situation, applied);
      return proposal.isComplete()
          ? new Chosen.Content(proposal.content(), proposal.decisions())
          : new Chosen.Not(new SettleResult.Open(proposal.open(), proposal.reason()));
    };
  }

  /** What the document is to say, or why not. */
  private sealed interface Chosen {
    record Content(org.skerry.conflict.merge.Content content, List<Decision> decisions)
        implements Chosen {}

    record Not(SettleResult why) implements Chosen {}
  }

  /** What is to be written, or why nothing is. */
  private sealed interface Prepared {
    record Ready(Situation situation, Draft draft, List<Decision> decisions) implements Prepared {}

    record Not(SettleResult why) implements Prepared {}
  }

  private SettleResult settle(Wish wish, Function<Situation, Chosen> choice) {
    return switch (prepare(wish, choice)) {
      case Prepared.Not(SettleResult why) -> why;
      case Prepared.Ready ready ->
          written(ready.draft, database.settle(ready.draft.settlement(), wish.author()));
    };
  }

  private Prepared prepare(Wish wish, Function<Situation, Chosen> choice) {
    Optional<Situation> found = load(wish.id()).filter(Situation::isConflict);
    if (found.isEmpty()) {
      boolean crowded = Crowd.find(database.store(), wish.id()).isPresent();
      return new Prepared.Not(
          crowded ? new SettleResult.Bad(CROWDED) : new SettleResult.Nothing("no conflict"));
    }
    Situation situation = found.get();
    if (wish.seen().isPresent() && !wish.seen().get().equals(Set.copyOf(situation.live()))) {
      return new Prepared.Not(new SettleResult.Moved(situation.live()));
    }
    return switch (choice.apply(situation)) {
      case Chosen.Not not -> new Prepared.Not(not.why());
      case Chosen.Content(Content content, List<Decision> decisions) ->
          new Prepared.Ready(
              situation, Draft.ofPerson(situation, content, decisions, person(wish)), decisions);
    };
  }

  private By.Person person(Wish wish) {
    return new By.Person(
        wish.author().name().orElse(""),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        wish.comment());
  }

  private static SettleResult written(Draft draft, WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> new SettleResult.Done(draft.into(), draft.revived());
      case WriteResult.Present present -> new SettleResult.Done(draft.into(), draft.revived());
      case WriteResult.Conflict conflict ->
          new SettleResult.Moved(
              conflict.leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList());
      case WriteResult.Forbidden refusal -> refused(refusal);
      case WriteResult.MissingStub stub ->
          throw new IllegalStateException("a settlement has no stubs: " + stub);
    };
  }

  private static SettleResult refused(WriteResult.Forbidden refusal) {
    return new SettleResult.Refused(refusal.error(), refusal.reason());
  }

  /** Opens a settlement again; no policy touches the conflict from then on. */
  public SettleResult undo(Wish wish, RevId settlement) {
    Optional<Situation> found = load(wish.id(), Situation.READ_BYTES);
    List<Mark.Settled> marks =
        found.stream()
            .flatMap(situation -> situation.settled().stream())
            .filter(mark -> mark.into().equals(settlement))
            .toList();
    if (marks.isEmpty()) {
      return new SettleResult.Nothing("no such settlement");
    }
    Situation situation = found.orElseThrow();
    boolean undone = situation.undone().stream().anyMatch(mark -> mark.into().equals(settlement));
    if (undone || situation.live().isEmpty()) {
      return new SettleResult.Moved(situation.live());
    }
    Optional<Draft> draft = Draft.undoing(situation, marks, person(wish));
    return draft
        .map(one -> written(one, database.settle(one.settlement(), wish.author())))
        .orElseGet(() -> new SettleResult.Moved(situation.live()));
  }
}
