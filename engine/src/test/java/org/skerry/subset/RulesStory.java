package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Reads;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan.Operation;
import org.skerry.store.faulty.FaultyStore;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Subsets;
import org.skerry.subset.RulesModel.Said;
import org.skerry.subset.RulesModel.Written;

/**
 * Patients, and notes about them and about each other, in long chains and circles over deleted
 * ones, while rules change; documents are written between any two looks of whoever places them
 * anew. What every site is to have is found from scratch, from what the documents say. What they
 * did stands in a failed test's message.
 */
final class RulesStory {
  /** References are followed so far. */
  private static final int DEPTH = 8;

  private static final List<String> PATIENTS = List.of("p0", "p1", "p2", "p3");
  private static final List<String> NOTES =
      IntStream.range(0, 12).mapToObj(i -> "n" + (char) ('a' + i)).toList();
  private static final List<String> PLACES = List.of("x", "y", "z");

  private final SplittableRandom random;
  private final Database database;
  private final DocumentStore store;
  private final Subsets subsets;
  private final List<Integer> sites = new ArrayList<>();
  private final Map<String, Set<Integer>> places = new HashMap<>();
  private final Map<String, Set<Integer>> granted = new HashMap<>();

  /** What every revision with content says, also of documents that were purged. */
  private final Map<String, Map<RevId, Written>> said = new HashMap<>();

  private final StringBuilder sofar = new StringBuilder();
  private RulesModel rules = RulesModel.NONE;
  private Replacement replacement;

  /** Whether documents are being placed, so that others may write between. */
  private boolean placing;

  private long bodies;

  RulesStory(SplittableRandom random) {
    this.random = random;
    FaultyStore faulty = new FaultyStore(new MemoryStore(), random.split(), call -> writeBetween());
    faulty.plan(
        call ->
            placing && call.operation() == Operation.READ && random.nextInt(6) == 0
                ? Fault.DELAY
                : Fault.NONE);
    database = new Databases(faulty).create("db").orElseThrow();
    store = database.store();
    subsets = store.subsets();
    subsets.keep();
    replacement = new Replacement(database);
    for (String site : List.of("a", "b", "c")) {
      sites.add(subsets.feed(site));
    }
  }

  void tell(int steps) {
    for (int step = 0; step < steps; step++) {
      act();
      if (random.nextInt(8) == 0) {
        settle();
        check();
      }
    }
    settle();
    check();
  }

  private void act() {
    switch (random.nextInt(20)) {
      case 0 -> rule();
      case 1 -> mean();
      case 2 -> purge();
      case 3 -> grant();
      case 4 -> step(1 + random.nextInt(3));
      // A process that ends goes on from where it was.
      case 5 -> replacement = new Replacement(database);
      default -> write();
    }
  }

  private void rule() {
    rules = RulesModel.values()[random.nextInt(RulesModel.values().length)];
    sofar.append("rules ").append(rules).append('\n');
    database.scope(rules.parsed());
  }

  private void mean() {
    String place = any(PLACES);
    Set<Integer> feeds = new TreeSet<>(sites);
    feeds.removeIf(feed -> random.nextInt(2) == 0);
    sofar.append(place).append(" means ").append(feeds).append('\n');
    places.put(place, feeds);
    subsets.audiences(Map.of(Label.place(place), Audience.of(feeds)));
  }

  private void purge() {
    String id = anyId();
    List<RevId> leaves = tree(id).leaves().stream().map(Leaf::rev).toList();
    if (!leaves.isEmpty()) {
      List<RevId> gone = leaves.subList(0, 1 + random.nextInt(leaves.size()));
      sofar.append("purge ").append(id).append(gone).append('\n');
      store.purge(List.of(new PurgeRequest(DocId.of(id), gone)));
    }
    if (tree(id).isEmpty()) {
      granted.remove(id);
    }
  }

  private void grant() {
    String id = anyId();
    int feed = sites.get(random.nextInt(sites.size()));
    boolean give = random.nextBoolean();
    sofar.append(give ? "give " : "take ").append(id).append(" to ").append(feed).append('\n');
    Set<Integer> before = granted.getOrDefault(id, Set.of());
    boolean done = subsets.grant(feed, DocId.of(id), give);
    assertThat(done).as("%s", sofar).isEqualTo(give ? !tree(id).isEmpty() : before.contains(feed));
    if (done && give) {
      granted.computeIfAbsent(id, key -> new HashSet<>()).add(feed);
    } else if (done) {
      granted.get(id).remove(feed);
    }
  }

  private void writeBetween() {
    placing = false;
    sofar.append("between: ");
    if (random.nextInt(10) == 0) {
      rule();
    } else {
      write();
    }
    placing = true;
  }

  private boolean step(int limit) {
    placing = true;
    boolean more = replacement.step(limit);
    placing = false;
    return more | subsets.step(limit);
  }

  private void settle() {
    int limit = 1 + random.nextInt(20);
    sofar.append("settle\n");
    int steps = 0;
    while (step(limit)) {
      assertThat(++steps).as("%ssettling never ends", sofar).isLessThan(10_000);
    }
  }

  private void write() {
    String id = anyId();
    RevTree tree = tree(id);
    if (tree.isEmpty()) {
      edit(id, Optional.empty(), false);
      return;
    }
    Leaf leaf = any(tree.leaves());
    if (random.nextInt(6) == 0) {
      branch(id, tree.path(any(tree.revisions())).orElseThrow());
    } else {
      edit(id, Optional.of(leaf.rev()), !leaf.deleted() && random.nextInt(3) == 0);
    }
  }

  private void edit(String id, Optional<RevId> parent, boolean deleted) {
    Written content = content(id);
    WriteResult result =
        database.update(
            new NewRevision(
                DocId.of(id), parent, deleted, deleted ? Body.EMPTY : content.body(), List.of()));
    assertThat(result).as("%s", sofar).isInstanceOf(WriteResult.Written.class);
    RevId rev = ((WriteResult.Written) result).rev();
    sofar.append(id).append(' ').append(rev).append(deleted ? " deleted" : content).append('\n');
    if (!deleted) {
      note(id, rev, content);
    }
  }

  /** A revision that was made elsewhere, and is a conflict mostly. */
  private void branch(String id, RevPath known) {
    Written content = content(id);
    List<RevId> path = new ArrayList<>(known.revisions());
    path.addFirst(RevisionHash.next(Optional.of(known.newest()), false, content.body(), List.of()));
    database.merge(
        List.of(
            new ForeignRevision(
                DocId.of(id), new RevPath(path), false, content.body(), List.of())));
    sofar.append(id).append(' ').append(path).append(content).append('\n');
    note(id, path.getFirst(), content);
  }

  private void note(String id, RevId rev, Written content) {
    said.computeIfAbsent(id, key -> new HashMap<>()).put(rev, content);
  }

  private Written content(String id) {
    int number = NOTES.indexOf(id);
    return number < 0
        ? Written.patient(++bodies, any(PLACES), any(PLACES), random.nextInt(5) == 0)
        : Written.note(
            ++bodies,
            random.nextInt(4) == 0 ? any(PATIENTS) : "nobody",
            random.nextInt(5) == 0 ? any(NOTES) : NOTES.get((number + 1) % NOTES.size()),
            any(PLACES));
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private String anyId() {
    return random.nextInt(4) == 0 ? any(PATIENTS) : any(NOTES);
  }

  private RevTree tree(String id) {
    return Reads.tree(store, id);
  }

  /** What all live leaves say; where none lives, what all leaves said last. */
  private Said said(String id) {
    RevTree tree = tree(id);
    List<Leaf> leaves = tree.leaves();
    boolean lives = leaves.stream().anyMatch(leaf -> !leaf.deleted());
    Said all = new Said();
    for (Leaf leaf : leaves) {
      if (!lives || !leaf.deleted()) {
        tree.path(leaf.rev()).orElseThrow().revisions().stream()
            .filter(said.get(id)::containsKey)
            .findFirst()
            .ifPresent(rev -> rules.say(said.get(id).get(rev), all));
      }
    }
    return all;
  }

  /** Who is to have a document: nearest references first, and each document once. */
  private Set<Integer> audience(String id) {
    Set<Integer> all = new TreeSet<>();
    Set<String> reached = new HashSet<>(Set.of(id));
    Set<String> near = Set.of(id);
    for (int depth = 0; depth <= DEPTH; depth++) {
      Set<String> next = new TreeSet<>();
      for (String one : near) {
        all.addAll(granted.getOrDefault(one, Set.of()));
        Said here = said(one);
        if (here.isEveryones()) {
          all.addAll(sites);
        }
        here.places().forEach(place -> all.addAll(places.getOrDefault(place, Set.of())));
        next.addAll(here.follows());
      }
      next.removeIf(one -> !reached.add(one));
      near = next;
    }
    return all;
  }

  private void check() {
    if (rules == RulesModel.NONE) {
      // Then no site has a part, and labels are not looked at.
      return;
    }
    Map<String, Set<Integer>> audiences = new TreeMap<>();
    for (List<String> ids : List.of(NOTES, PATIENTS)) {
      for (String id : ids) {
        if (!tree(id).isEmpty()) {
          audiences.put(id, audience(id));
        }
      }
    }
    for (int feed : sites) {
      List<String> expected =
          audiences.keySet().stream().filter(id -> audiences.get(id).contains(feed)).toList();
      List<String> members = new ArrayList<>();
      subsets.members(feed, DocRange.ALL, id -> members.add(id.text()));
      assertThat(members).as("%smembers of %s", sofar, feed).isEqualTo(expected);
    }
  }
}
