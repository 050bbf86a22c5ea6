package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/**
 * A few documents, sites and places that live through everything that can happen to them, by
 * chance; beside them a model that finds out from scratch who is to have what. What they did stands
 * in a failed test's message.
 */
final class SubsetStory {
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");
  private static final List<String> PLACES = List.of("p", "q", "r");
  private static final int SITES = 3;

  private final DocumentStore db;
  private final Subsets subsets;
  private final RandomGenerator random;
  private final List<Reader> readers = new ArrayList<>();
  private final List<SubsetDocuments> sites = new ArrayList<>();
  private final Map<String, Audience> places = new HashMap<>();
  private final Map<String, Set<Integer>> granted = new HashMap<>();

  /** Labels of every revision, as it had them when it was written. */
  private final Map<String, Map<RevId, Set<Label>>> labels = new HashMap<>();

  private final StringBuilder sofar = new StringBuilder();
  private long bodies;

  SubsetStory(DocumentStore db, RandomGenerator random) {
    this.db = db;
    this.subsets = db.subsets();
    this.random = random;
    subsets.keep();
    for (int site = 1; site <= SITES; site++) {
      sites.add(new SubsetDocuments(db, "site" + site, subsets.feed("site" + site)));
    }
    sites.forEach(site -> readers.add(new Reader(site)));
    sites.forEach(site -> readers.add(new Reader(site)));
  }

  void tell(int steps) {
    for (int step = 0; step < steps; step++) {
      act();
      readers.get(random.nextInt(readers.size())).readSome();
      if (random.nextInt(6) == 0) {
        settle();
        check();
      }
    }
    settle();
    check();
    readers.forEach(Reader::readAll);
  }

  private void settle() {
    int limit = 1 + random.nextInt(3);
    sofar.append("settle\n");
    int steps = 0;
    while (subsets.step(limit)) {
      assertThat(++steps).as("%ssettling never ends", sofar).isLessThan(1_000);
    }
    assertThat(subsets.unsettled()).as("%s", sofar).isFalse();
  }

  private void act() {
    switch (random.nextInt(20)) {
      case 0, 1 -> mean();
      case 2 -> purge();
      case 3 -> {
        sofar.append("step\n");
        subsets.step(1 + random.nextInt(2));
      }
      case 4 -> grant();
      case 5 -> place();
      default -> write();
    }
  }

  private void mean() {
    String place = PLACES.get(random.nextInt(PLACES.size()));
    Set<Integer> feeds = new HashSet<>();
    for (int feed = random.nextInt(8) == 0 ? 0 : 1; feed <= SITES; feed++) {
      if (random.nextInt(3) == 0) {
        feeds.add(feed);
      }
    }
    sofar.append(place).append(" means ").append(feeds).append('\n');
    places.put(place, Audience.of(feeds));
    subsets.audiences(Map.of(Label.place(place), Audience.of(feeds)));
  }

  private void purge() {
    String id = anyId();
    List<RevId> leaves = tree(id).leaves().stream().map(Leaf::rev).toList();
    if (!leaves.isEmpty()) {
      List<RevId> gone = leaves.subList(0, 1 + random.nextInt(leaves.size()));
      sofar.append("purge ").append(id).append(gone).append('\n');
      db.purge(List.of(new PurgeRequest(DocId.of(id), gone)));
    }
    if (tree(id).isEmpty()) {
      granted.remove(id);
      labels.remove(id);
    }
  }

  private void grant() {
    String id = anyId();
    int feed = 1 + random.nextInt(SITES);
    boolean give = random.nextBoolean();
    sofar.append(give ? "grant " : "revoke ").append(id).append(" to ").append(feed).append('\n');
    boolean done = subsets.grant(feed, DocId.of(id), give);
    Set<Integer> feeds = granted.computeIfAbsent(id, key -> new HashSet<>());
    boolean had = feeds.contains(feed);
    assertThat(done).as("%s", sofar).isEqualTo(give ? !tree(id).isEmpty() : had);
    if (done && give) {
      feeds.add(feed);
    } else if (done) {
      feeds.remove(feed);
    }
  }

  /** The rules changed: of some leaf another thing follows. */
  private void place() {
    String id = anyId();
    RevTree tree = tree(id);
    if (tree.isEmpty()) {
      return;
    }
    RevId rev = tree.leaves().get(random.nextInt(tree.leaves().size())).rev();
    Set<Label> now = ScopedWrites.labels(Body.parse(json()));
    sofar.append("place ").append(id).append(' ').append(rev).append(now).append('\n');
    Placement placement = Placement.of(now, false, random.nextInt(256));
    subsets.place(
        List.of(
            new Subsets.Placed(
                DocId.of(id), Map.of(rev, placement, RevId.of(99, "unknown"), placement))));
    labels.get(id).put(rev, now);
  }

  private String anyId() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private RevTree tree(String id) {
    return Reads.tree(db, id);
  }

  private String json() {
    List<String> words = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      words.add(
          switch (random.nextInt(12)) {
            case 0, 11 -> "*";
            case 1, 2, 3, 4 -> "@" + anyId();
            default -> "=" + PLACES.get(random.nextInt(PLACES.size()));
          });
    }
    return ScopedWrites.json(++bodies, words.toArray(String[]::new));
  }

  private void write() {
    List<RevisionWrite> batch = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    for (int size = 1 + random.nextInt(3); size > 0; size--) {
      String id = anyId();
      if (ids.add(id)) {
        batch.add(write(id));
      }
    }
    Map<String, Set<Label>> united = new HashMap<>();
    Map<String, RevTree> trees = new HashMap<>();
    ids.forEach(id -> united.put(id, united(id)));
    ids.forEach(id -> trees.put(id, tree(id)));
    batch.forEach(write -> sofar.append(text(write)).append('\n'));
    // One of the sites brings them, or whoever sees the whole database.
    int by = random.nextInt(2 * SITES);
    List<Outcome> outcomes = (by < SITES ? sites.get(by) : db).commit(batch);
    sofar.append("by ").append(by).append(outcomes).append('\n');
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Written) {
        String id = batch.get(i).id().text();
        note(batch.get(i), trees.get(id), united.get(id));
      }
    }
  }

  private static String text(RevisionWrite write) {
    return write.getClass().getSimpleName()
        + ' '
        + write.id()
        + write.path().revisions()
        + write.body()
        + (write.deleted() ? " deleted" : "");
  }

  private void note(RevisionWrite write, RevTree before, Set<Label> all) {
    Map<RevId, Set<Label>> known = labels.computeIfAbsent(write.id().text(), id -> new HashMap<>());
    if (before.contains(write.rev())) {
      return;
    }
    Set<Label> own = new HashSet<>(write.placement().labels());
    if (write.placement().inherits()) {
      Optional<RevId> parent = write.path().revisions().stream().skip(1).findFirst();
      own.addAll(parent.filter(before::isLeaf).map(known::get).orElse(all));
    }
    known.put(write.rev(), own);
  }

  private RevisionWrite write(String id) {
    RevTree tree = tree(id);
    if (tree.isEmpty()) {
      return ScopedWrites.create(id, json());
    }
    boolean deleted = random.nextInt(5) == 0;
    String json = deleted ? "{}" : json();
    if (random.nextInt(3) > 0) {
      RevId leaf = tree.leaves().get(random.nextInt(tree.leaves().size())).rev();
      return ScopedWrites.edit(id, Optional.of(leaf), deleted, json);
    }
    RevId any = tree.revisions().get(random.nextInt(tree.size()));
    return ScopedWrites.branch(id, tree.path(any).orElseThrow(), deleted, json);
  }

  /** The labels of all live leaves; of all leaves when none lives. */
  private Set<Label> united(String id) {
    Map<RevId, Set<Label>> known = labels.getOrDefault(id, Map.of());
    List<Leaf> leaves = tree(id).leaves();
    boolean lives = leaves.stream().anyMatch(leaf -> !leaf.deleted());
    Set<Label> all = new HashSet<>();
    leaves.stream()
        .filter(leaf -> !lives || !leaf.deleted())
        .forEach(leaf -> all.addAll(known.getOrDefault(leaf.rev(), Set.of())));
    return all;
  }

  /** Who is to have a document: everything that can be reached from it. */
  private Set<Integer> audience(String id) {
    Set<String> reached = new HashSet<>(Set.of(id));
    List<String> open = new ArrayList<>(List.of(id));
    Set<Integer> all = new TreeSet<>();
    while (!open.isEmpty()) {
      String next = open.removeFirst();
      all.addAll(granted.getOrDefault(next, Set.of()));
      for (Label label : united(next)) {
        switch (label.kind()) {
          case EVERYONE -> all.add(Audience.EVERYONE);
          case PLACE -> {
            for (int feed : places.getOrDefault(label.name(), Audience.NOBODY).feeds()) {
              all.add(feed);
            }
          }
          case DOCUMENT -> {
            if (!tree(label.name()).isEmpty() && reached.add(label.name())) {
              open.add(label.name());
            }
          }
        }
      }
    }
    return all;
  }

  private void check() {
    Map<String, Set<Integer>> audiences = new TreeMap<>();
    for (String id : IDS) {
      if (!tree(id).isEmpty()) {
        audiences.put(id, audience(id));
      }
    }
    for (SubsetDocuments site : sites) {
      List<String> expected =
          audiences.entrySet().stream()
              .filter(
                  entry -> entry.getValue().contains(site.feed()) || entry.getValue().contains(0))
              .map(Map.Entry::getKey)
              .toList();
      new SubsetSight(db, site, IDS, expected, sofar).check();
    }
  }

  /** Follows a site's feed in parts, from wherever it stood. */
  private final class Reader {
    private final SubsetDocuments site;
    private final Map<String, StoredDocument> seen = new HashMap<>();
    private Seq since = Seq.ZERO;

    Reader(SubsetDocuments site) {
      this.site = site;
    }

    /** Some begin with what is most urgent. */
    void readSome() {
      if (since.equals(Seq.ZERO) && random.nextBoolean()) {
        since = site.beginning();
      }
      since = site.changes(ChangeRange.after(since, 1 + random.nextInt(4)), Reads.ALL, this::see);
    }

    private boolean see(StoredDocument document) {
      seen.put(document.id().text(), document);
      return random.nextInt(4) > 0;
    }

    /** At the end it knows all that the feed tells to whoever begins now. */
    void readAll() {
      Seq end = site.now();
      while (since.number() < end.number()) {
        readSome();
      }
      for (StoredDocument document : Reads.changes(site, Seq.ZERO)) {
        StoredDocument known = seen.get(document.id().text());
        assertThat(known).as("%s%s at %s", sofar, document, site.feed()).isNotNull();
        assertThat(known.leaves())
            .as("%s%s at %s", sofar, document, site.feed())
            .isEqualTo(document.leaves());
        assertThat(known.revisions())
            .as("%s%s at %s", sofar, document, site.feed())
            .isEqualTo(document.revisions());
      }
    }
  }
}
