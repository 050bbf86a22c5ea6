package org.skerry.replication;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.skerry.collation.ValueReader;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Subsets;
import org.skerry.subset.Sites;
import org.skerry.subset.Subsetting;

/**
 * One story of centres and their sites, told by its seed: patients with their notes are written,
 * move, come back and are deleted at all of them at once, while lines are cut, processes end and
 * sites lose their disks. At the end the weather clears, and each site must hold exactly its
 * subset; whatever anybody was told is written is somewhere, and nothing was deleted by a move.
 */
final class SubsetSimulation {
  private static final int EVENTS = 220;
  private static final int ROUNDS = 300;
  private static final int STEPS = 10;
  private static final int PATIENTS = 5;
  private static final String RULES =
      """
      {"rules": [{"type": "patient", "site": "/at"}, {"type": "note", "follow": "/patient"},
                 {"type": "word", "everyone": true}]}
      """;

  /** Who is whose site, and whom a centre means by a place. */
  enum Shape {
    /** One centre with three sites. */
    STAR,
    /** Two centres that replicate with each other, two sites each. */
    TWO_CENTRES,
    /** A nation with a clinic and a district, which is the centre of two clinics. */
    LEVELS
  }

  /** A node as a site of another. */
  record Seat(SimulatedNode centre, String name, SimulatedNode node) {}

  private final SplittableRandom random;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedNode> centres = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();
  private final Map<SimulatedNode, Map<String, List<String>>> places = new HashMap<>();
  private final List<SimulatedLink> links = new ArrayList<>();
  private final Set<List<SimulatedNode>> cuts = new HashSet<>();
  private final List<Runnable> late = new ArrayList<>();
  private final SimulatedDeeds deeds = new SimulatedDeeds();
  private final List<String> allPlaces = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();
  private Instant now = Instant.EPOCH;
  private double breaks;
  private int edits;

  SubsetSimulation(long seed, Shape shape) {
    random = new SplittableRandom(seed);
    breaks = random.nextInt(3) * 0.1;
    switch (shape) {
      case STAR -> {
        SimulatedNode centre = centre("centre");
        List.of("x", "y", "z").forEach(place -> site(centre, place));
      }
      case TWO_CENTRES -> {
        SimulatedNode one = centre("one");
        SimulatedNode other = centre("other");
        link(one, one, other, Optional.empty());
        link(one, other, one, Optional.empty());
        List.of("x", "y").forEach(place -> site(one, place));
        List.of("z", "v").forEach(place -> site(other, place));
      }
      case LEVELS -> {
        SimulatedNode nation = centre("nation");
        SimulatedNode district = centre("district");
        seat(nation, "district", district, List.of("x", "y"));
        List.of("x", "y").forEach(place -> site(district, place));
        site(nation, "z");
      }
    }
    centres.forEach(this::govern);
    double faults = random.nextInt(3) * 0.01;
    nodes.forEach(node -> node.plan(FaultPlan.seeded(random.split(), faults, faults / 20)));
  }

  private SimulatedNode node(String name) {
    SimulatedNode node = new SimulatedNode(name, random);
    nodes.add(node);
    return node;
  }

  private SimulatedNode centre(String name) {
    SimulatedNode node = node(name);
    centres.add(node);
    places.put(node, new TreeMap<>());
    return node;
  }

  private void site(SimulatedNode centre, String place) {
    allPlaces.add(place);
    seat(centre, place, node(place), List.of(place));
  }

  private void seat(SimulatedNode centre, String name, SimulatedNode node, List<String> at) {
    seats.add(new Seat(centre, name, node));
    places.get(centre).put(name, at);
    link(node, centre, node, Optional.of(name));
    link(node, node, centre, Optional.of(name));
  }

  private void link(
      SimulatedNode runner, SimulatedNode source, SimulatedNode target, Optional<String> site) {
    SimulatedNode far = runner == source ? target : source;
    SimulatedLine line =
        new SimulatedLine(
            far,
            () -> site.map(far::peerFor).orElseGet(far::peer),
            () -> cuts.contains(List.of(source, target)),
            random.split(),
            () -> breaks,
            late);
    links.add(
        new SimulatedLink(
            runner,
            source,
            target,
            line,
            Duration.ofSeconds(random.nextInt(20)),
            new Surroundings(() -> now, random.split()),
            SimulatedTurns.ALWAYS));
  }

  /** Gives a centre its rules, and tells it whom places mean. */
  private void govern(SimulatedNode centre) {
    centre.equip(databases -> new Subsetting(databases, new Sites(databases)));
    centre
        .database()
        .scope(
            Optional.of(
                ScopeRules.parse(ValueReader.read(RULES.getBytes(StandardCharsets.UTF_8)))));
    Subsets subsets = centre.database().store().subsets();
    Map<Label, Audience> meant = new HashMap<>();
    // Both centres know all sites, whoever talks to which.
    places
        .values()
        .forEach(
            known ->
                known.forEach(
                    (site, at) -> {
                      if (centres.size() == 2 && !isLevel() || knows(centre, site)) {
                        at.forEach(
                            place ->
                                meant.put(Label.place(place), Audience.of(subsets.feed(site))));
                      }
                    }));
    subsets.audiences(meant);
  }

  private boolean isLevel() {
    return seats.stream().anyMatch(seat -> centres.contains(seat.node()));
  }

  private boolean knows(SimulatedNode centre, String site) {
    return places.get(centre).containsKey(site);
  }

  /** Tells the story; throws when a law is broken. */
  void run() {
    for (int i = 0; i < EVENTS; i++) {
      now = now.plusMillis(random.nextInt(500));
      event();
      for (SimulatedLink link : links) {
        if (!link.runner().isAlive()) {
          link.runnerEnded();
        }
      }
    }
    calm();
    converge();
    nodes.forEach(SimulatedNode::assertNothingOpen);
  }

  String story() {
    return story.toString();
  }

  private void tell(String what, Object whom) {
    story.append(what).append(' ').append(whom).append('\n');
  }

  private void event() {
    int dice = random.nextInt(100);
    SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
    SimulatedLink link = links.get(random.nextInt(links.size()));
    if (dice < 55) {
      for (int i = random.nextInt(6); i >= 0; i--) {
        link.step();
      }
      tell("step", link);
    } else if (dice < 62) {
      follow(centres.get(random.nextInt(centres.size())), random.nextInt(1, 4));
    } else if (dice < 86) {
      edit(node);
    } else if (dice < 90) {
      List<SimulatedNode> line = List.of(link.source(), link.target());
      if (!cuts.remove(line)) {
        cuts.add(line);
      }
      tell("line", link);
    } else if (dice < 93) {
      tell("crash", node.name());
      node.crash();
    } else if (dice < 97) {
      restart(node);
    } else if (dice < 98) {
      loseDisk(seats.get(random.nextInt(seats.size())).node());
    } else if (!late.isEmpty()) {
      arrive();
    }
  }

  private void follow(SimulatedNode centre, int documents) {
    if (centre.isAlive()) {
      try {
        centre.database().store().subsets().step(documents);
        tell("followed", centre.name());
      } catch (StoreException e) {
        tell("following failed", centre.name());
      }
    }
  }

  private void restart(SimulatedNode node) {
    if (!node.isAlive()) {
      node.restart();
      tell("restart", node.name());
    }
  }

  private void arrive() {
    Runnable request = late.remove(random.nextInt(late.size()));
    try {
      request.run();
    } catch (PeerException e) {
      tell("late and lost", e.kind());
    }
  }

  /** What a site wrote and nobody else has is gone with its disk. */
  private void loseDisk(SimulatedNode node) {
    if (!node.isAlive() || centres.contains(node)) {
      return;
    }
    deeds.forget(node);
    try {
      node.recreate();
    } catch (StoreException e) {
      tell("recreation failed", node.name());
    }
    ensureDatabase(node);
    tell("lost its disk", node.name());
  }

  private static void ensureDatabase(SimulatedNode node) {
    while (node.onDisk().isEmpty()) {
      try {
        if (!node.isAlive()) {
          node.restart();
        }
        node.peer().create();
      } catch (PeerException e) {
        continue;
      }
    }
  }

  private void edit(SimulatedNode node) {
    if (!node.isAlive()) {
      return;
    }
    edits++;
    try {
      List<StoredDocument> here = new ArrayList<>();
      node.database().store().scan(DocRange.ALL, Fields.LEAVES, here::add);
      if (here.isEmpty() || random.nextInt(5) == 0) {
        create(node);
      } else {
        change(node, here.get(random.nextInt(here.size())));
      }
    } catch (StoreException e) {
      tell("edit failed", node.name());
    }
  }

  /** A site begins with what is its own; a centre with anything. */
  private void create(SimulatedNode node) {
    String id = node.name() + random.nextInt(PATIENTS);
    boolean patient = random.nextInt(3) > 0;
    String place = own(node);
    String text =
        patient
            ? patient(place)
            : "{\"type\":\"note\",\"patient\":\"p-" + id + "\",\"n\":" + edits + "}";
    DocId name = DocId.of((patient ? "p-" : "n-") + id);
    if (patient || node.document(DocId.of("p-" + id)).isPresent()) {
      write(node, name, Optional.empty(), false, text);
    }
  }

  /** Where a node may begin something: a site at its places, who is nobody's site anywhere. */
  private String own(SimulatedNode node) {
    List<String> at =
        seats.stream()
            .filter(seat -> seat.node() == node)
            .findFirst()
            .map(seat -> places.get(seat.centre()).get(seat.name()))
            .orElse(allPlaces);
    return at.get(random.nextInt(at.size()));
  }

  private String anyPlace() {
    return allPlaces.get(random.nextInt(allPlaces.size()));
  }

  private String patient(String place) {
    return "{\"type\":\"patient\",\"at\":\"" + place + "\",\"n\":" + edits + "}";
  }

  private void change(SimulatedNode node, StoredDocument document) {
    List<Leaf> leaves = document.leaves();
    Leaf leaf = leaves.get(random.nextInt(leaves.size()));
    boolean deleted = random.nextInt(20) == 0;
    String id = document.id().text();
    String text =
        id.startsWith("p-")
            ? patient(anyPlace())
            : "{\"type\":\"note\",\"patient\":\"p-" + id.substring(2) + "\",\"n\":" + edits + "}";
    write(node, document.id(), Optional.of(leaf.rev()), deleted, deleted ? "{}" : text);
  }

  private void write(
      SimulatedNode node, DocId id, Optional<RevId> parent, boolean deleted, String text) {
    if (deleted) {
      // Before it is written: a process may end behind the write, and in front of its answer.
      deeds.deletes(id);
    }
    WriteResult result =
        node.database().update(new NewRevision(id, parent, deleted, Body.parse(text), List.of()));
    if (result instanceof WriteResult.Written written) {
      deeds.wrote(node, new RevisionRef(id, written.rev()));
      tell(node.name() + " wrote " + id, written.rev() + " " + text);
    }
  }

  /** The weather clears: nothing fails any more, every node runs, every line is up. */
  private void calm() {
    cuts.clear();
    breaks = 0;
    for (SimulatedNode node : nodes) {
      node.plan(FaultPlan.none());
      restart(node);
      ensureDatabase(node);
    }
    while (!late.isEmpty()) {
      arrive();
    }
  }

  private void converge() {
    Optional<String> wrong = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) {
      now = now.plus(Duration.ofMinutes(2));
      for (SimulatedNode centre : centres) {
        follow(centre, 1_000);
      }
      for (int step = 0; step < STEPS; step++) {
        links.forEach(SimulatedLink::step);
      }
      wrong = wrong();
      if (wrong.isEmpty()) {
        deeds.nothingIsLost(nodes);
        deeds.nothingWasDeletedByMoves(centres.getFirst());
        return;
      }
    }
    throw new AssertionError("the nodes do not agree: " + wrong.orElseThrow() + "\n" + story);
  }

  private Optional<String> wrong() {
    for (Seat seat : seats) {
      Optional<String> wrong = SubsetView.wrong(seat, push(seat));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    Map<String, Set<String>> first = SubsetView.live(centres.getFirst().onDisk().orElseThrow());
    if (!isLevel()
        && !centres.stream()
            .allMatch(centre -> SubsetView.live(centre.onDisk().orElseThrow()).equals(first))) {
      return Optional.of("the centres differ");
    }
    return Optional.empty();
  }

  private SimulatedLink push(Seat seat) {
    return links.stream()
        .filter(link -> link.source() == seat.node() && link.target() == seat.centre())
        .findFirst()
        .orElseThrow();
  }
}
