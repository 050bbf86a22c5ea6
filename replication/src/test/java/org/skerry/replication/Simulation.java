package org.skerry.replication;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Function;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.faulty.FaultPlan;

/**
 * One story, told by its seed: five to seven nodes in any topology edit, attach, delete, crash,
 * start again, lose their lines and their databases, and replicate all the while, one step at a
 * time in one thread. After every event the {@link SimulatedLaws} are checked; at the end the
 * weather clears, and all nodes must come to hold the same.
 */
final class Simulation {
  private static final int EVENTS = 250;
  private static final int DOCUMENTS = 6;
  private static final int ROUNDS = 400;

  /** Enough for a session with something to do: who has to make room has moved before. */
  private static final int STEPS = 10;

  private final SplittableRandom random;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedLink> links = new ArrayList<>();
  private final Set<List<SimulatedNode>> cuts = new HashSet<>();
  private final List<Runnable> late = new ArrayList<>();
  private final Map<SimulatedNode, SimulatedTurns> turnsOf = new HashMap<>();
  private final Optional<SimulatedPolicy> policy;
  private final SimulatedLaws laws;
  private final StringBuilder story = new StringBuilder();
  private Instant now = Instant.EPOCH;
  private double breaks;
  private int edits;

  Simulation(long seed) {
    this(seed, random -> SimulatedTurns.ALWAYS);
  }

  /**
   * A story.
   *
   * @param turns what a node decides by which of its replications moves
   */
  Simulation(long seed, Function<SplittableRandom, SimulatedTurns> turns) {
    this(seed, turns, Optional.empty());
  }

  /** A story in which a policy settles conflicts, on every node. */
  Simulation(long seed, SimulatedPolicy policy) {
    this(seed, random -> SimulatedTurns.ALWAYS, Optional.of(policy));
  }

  private Simulation(
      long seed,
      Function<SplittableRandom, SimulatedTurns> turns,
      Optional<SimulatedPolicy> policy) {
    this.policy = policy;
    this.random = new SplittableRandom(seed);
    this.breaks = random.nextInt(3) * 0.1;
    int count = random.nextInt(5, 8);
    for (int i = 0; i < count; i++) {
      nodes.add(new SimulatedNode("node" + i, random));
      turnsOf.put(nodes.getLast(), turns.apply(random));
    }
    this.laws = new SimulatedLaws(nodes);
    // A tree reaches everybody; more lines make circles.
    for (int i = 1; i < count; i++) {
      connect(nodes.get(i), nodes.get(random.nextInt(i)));
    }
    for (int i = random.nextInt(count); i > 0; i--) {
      SimulatedNode one = any();
      SimulatedNode other = any();
      if (one != other) {
        connect(one, other);
      }
    }
    double faults = random.nextInt(3) * 0.01;
    policy.ifPresent(rules -> nodes.forEach(rules::begin));
    nodes.forEach(node -> node.plan(FaultPlan.seeded(random.split(), faults, faults / 20)));
  }

  private SimulatedNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void connect(SimulatedNode one, SimulatedNode other) {
    links.add(link(one, one, other));
    links.add(link(random.nextBoolean() ? one : other, other, one));
  }

  private SimulatedLink link(SimulatedNode runner, SimulatedNode source, SimulatedNode target) {
    SimulatedNode far = runner == source ? target : source;
    SimulatedLine line =
        new SimulatedLine(
            far, () -> cuts.contains(List.of(source, target)), random.split(), () -> breaks, late);
    Duration interval = Duration.ofSeconds(random.nextInt(20));
    return new SimulatedLink(
        runner,
        source,
        target,
        line,
        interval,
        new Surroundings(() -> now, random.split()),
        turnsOf.get(runner));
  }

  /** Tells the story; throws when a law is broken. */
  void run() {
    for (int i = 0; i < EVENTS; i++) {
      now = now.plusMillis(random.nextInt(500));
      event();
    }
    calm();
    converge();
    nodes.forEach(SimulatedNode::assertNothingOpen);
  }

  /** What happened, to compare two runs of one seed by. */
  String story() {
    return story.toString();
  }

  private void event() {
    int dice = random.nextInt(100);
    SimulatedNode node = any();
    SimulatedLink link = links.get(random.nextInt(links.size()));
    if (policy.isPresent() && random.nextInt(4) == 0) {
      settle(node);
      check(Set.of(node));
    } else if (dice < 60) {
      step(link);
      check(Set.of(link.source(), link.target()));
    } else if (dice < 85) {
      edit(node);
      check(Set.of(node));
    } else if (dice < 90) {
      toggle(link);
    } else if (dice < 93) {
      tell("crash", node.name());
      node.crash();
      check(Set.of(node));
    } else if (dice < 96) {
      restart(node);
      check(Set.of(node));
    } else if (dice < 97) {
      recreate(node);
      check(Set.of(node));
    } else if (!late.isEmpty()) {
      arrive();
      check(Set.copyOf(nodes));
    }
  }

  /** Checks the laws where something may have changed. */
  private void check(Set<SimulatedNode> touched) {
    for (SimulatedLink link : links) {
      if (!link.runner().isAlive()) {
        link.runnerEnded();
      }
      if (touched.contains(link.source()) || touched.contains(link.target())) {
        laws.checkCheckpoint(link);
      }
    }
    touched.forEach(laws::checkNothingIsLost);
  }

  private void tell(String what, Object whom) {
    story.append(what).append(' ').append(whom).append('\n');
  }

  private void step(SimulatedLink link) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      link.step();
    }
    tell("step", link);
  }

  private void settle(SimulatedNode node) {
    if (node.isAlive()) {
      try {
        policy.orElseThrow().settle(node);
        tell("settled", node.name());
      } catch (StoreException e) {
        tell("settling failed", node.name());
      }
    }
  }

  private void toggle(SimulatedLink link) {
    List<SimulatedNode> line = List.of(link.source(), link.target());
    if (!cuts.remove(line)) {
      cuts.add(line);
    }
    tell("line", link);
  }

  private void restart(SimulatedNode node) {
    if (!node.isAlive()) {
      node.restart();
      tell("restart", node.name());
    }
  }

  /** Late requests arrive in any order, and nobody hears of their fate. */
  private void arrive() {
    Runnable request = late.remove(random.nextInt(late.size()));
    try {
      request.run();
    } catch (PeerException e) {
      tell("late and lost", e.kind());
    }
  }

  private void recreate(SimulatedNode node) {
    if (node.isAlive()) {
      laws.forgets(node);
      try {
        node.recreate();
      } catch (StoreException e) {
        tell("recreation failed", node.name());
      }
      ensureDatabase(node);
      tell("recreated", node.name());
    }
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
    DocId id = DocId.of("doc" + random.nextInt(DOCUMENTS));
    Optional<StoredDocument> there = node.document(id);
    Optional<RevId> parent = there.map(found -> leaf(found.leaves()).rev());
    boolean deleted = there.isPresent() && random.nextInt(10) == 0;
    edits++;
    String text = policy.map(rules -> rules.text(edits, random)).orElse("{\"edit\":" + edits + "}");
    try {
      WriteResult result =
          random.nextInt(4) == 0 && !deleted
              ? attach(node, id, parent, text)
              : write(node, new NewRevision(id, parent, deleted, Body.parse(text), List.of()));
      if (result instanceof WriteResult.Written written) {
        laws.acknowledged(node, id, written.rev());
        tell("wrote", written.rev());
      }
    } catch (StoreException | UncheckedIOException e) {
      tell("edit failed", node.name());
    }
  }

  private Leaf leaf(List<Leaf> leaves) {
    return leaves.get(random.nextInt(leaves.size()));
  }

  private static WriteResult write(SimulatedNode node, NewRevision edit) {
    return node.database().update(edit);
  }

  private WriteResult attach(SimulatedNode node, DocId id, Optional<RevId> parent, String text) {
    AttachmentIntake intake =
        new AttachmentIntake(node.database().store().attachments(), Long.MAX_VALUE);
    // Few different contents, so that they are shared between documents and come back.
    String content = "content " + random.nextInt(4);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (IncomingAttachment incoming =
        intake.receive(
            Announced.identity("scan" + random.nextInt(2), "text/plain"),
            new ByteArrayInputStream(bytes))) {
      List<AttachmentInput> inputs = List.of(incoming.input());
      return write(node, new NewRevision(id, parent, false, Body.parse(text), inputs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    for (int round = 0; round < ROUNDS; round++) {
      now = now.plus(Duration.ofMinutes(2));
      for (int step = 0; step < STEPS; step++) {
        links.forEach(SimulatedLink::step);
      }
      links.forEach(laws::checkCheckpoint);
      policy.ifPresent(rules -> nodes.forEach(rules::settle));
      if (allEqual()) {
        policy.ifPresent(rules -> rules.check(nodes, edits));
        Set<RevisionRef> all = laws.all();
        nodes.forEach(node -> laws.checkHas(node, all));
        return;
      }
    }
    throw new AssertionError("the nodes do not become equal: " + fingerprints());
  }

  private boolean allEqual() {
    TreeMap<String, String> first = nodes.getFirst().fingerprint();
    return nodes.stream().allMatch(node -> node.fingerprint().equals(first));
  }

  private String fingerprints() {
    StringBuilder all = new StringBuilder();
    nodes.forEach(
        node -> all.append('\n').append(node.name()).append(' ').append(node.fingerprint()));
    return all.toString();
  }
}
