package org.skerry.replication;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;

/**
 * A node as another one sees it: over a line that breaks, loses, repeats, delays, and is cut for a
 * while.
 */
final class SimulatedLine extends BrokenLine {
  private final SimulatedNode node;
  private final BooleanSupplier cut;
  private final RandomGenerator random;
  private final List<Runnable> late;

  /**
   * A line.
   *
   * @param cut whether nothing gets through at the moment
   * @param late takes requests that arrive when nobody waits for their answer any more
   */
  SimulatedLine(
      SimulatedNode node,
      BooleanSupplier cut,
      RandomGenerator random,
      DoubleSupplier breaks,
      List<Runnable> late) {
    this(node, node::peer, cut, random, breaks, late);
  }

  /** The same, to the node as somebody sees it. */
  SimulatedLine(
      SimulatedNode node,
      Supplier<Peer> seen,
      BooleanSupplier cut,
      RandomGenerator random,
      DoubleSupplier breaks,
      List<Runnable> late) {
    super(seen, random, breaks);
    this.node = node;
    this.cut = cut;
    this.random = random;
    this.late = late;
  }

  @Override
  boolean isDown() {
    return cut.getAsBoolean() || !node.isAlive();
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    if (!isDown() && random.nextDouble() < breaks() / 4) {
      late.add(() -> peer().write(revisions));
      throw new PeerException(PeerException.Kind.UNREACHABLE, "the request is late");
    }
    return super.write(revisions);
  }
}
