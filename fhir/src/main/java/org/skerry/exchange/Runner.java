package org.skerry.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partner while the node runs, in a thread of its own: runs the categories whose turn it is,
 * waits for the next one, for a record that is due, or for somebody who asks, and runs again. Its
 * directions do not wait for each other's success: what cannot be pulled keeps nothing from being
 * pushed.
 */
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  /** However much is due: a run that changes nothing must not follow another at once. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final Partner partner;
  private final Exchanges exchanges;
  private final Thread thread;
  private final ChangeWatch watch;

  /** One run at a time. */
  private final ReentrantLock running = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();

  /** Guarded by lock, but their states. */
  private final List<Lane> lanes = new ArrayList<>();

  /** Guarded by lock. */
  private boolean wanted;

  Runner(Partner partner, Exchanges exchanges) {
    this.partner = partner;
    this.exchanges = exchanges;
    for (Direction direction : Direction.values()) {
      partner
          .flow(direction)
          .ifPresent(flow -> lanes.add(new Lane(direction, flow, partner.retry())));
    }
    this.thread = Thread.ofVirtual().name("exchange with " + partner.name()).unstarted(this::loop);
    this.watch = new ChangeWatch(partner, exchanges, this::hasten);
  }

  Partner partner() {
    return partner;
  }

  /** Its directions, those that are enabled. */
  List<Lane> lanes() {
    return lanes;
  }

  void start() {
    thread.start();
    if (partner.push().filter(Flow::onChange).isPresent()) {
      watch.start();
    }
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        await(round());
      }
    } catch (InterruptedException e) {
      LOG.debug("exchange with {} ends", partner.name());
    }
  }

  /** Runs what is due. Returns how long there is nothing to do. */
  private Duration round() {
    try {
      Optional<Run> run = exchanges.run(partner);
      for (Lane lane : lanes) {
        List<Subject> turn = turn(lane);
        boolean due = !turn.isEmpty() || run.filter(one -> hasDue(one, lane)).isPresent();
        if (due) {
          runLane(lane, run, turn);
        }
      }
      return pause();
    } catch (StoreException e) {
      LOG.warn("exchange with {} cannot look at its state: {}", partner.name(), e.getMessage());
      return partner.retry().first();
    }
  }

  private List<Subject> turn(Lane lane) {
    lock.lock();
    try {
      return lane.turn(exchanges.now());
    } finally {
      lock.unlock();
    }
  }

  private boolean hasDue(Run run, Lane lane) {
    Instant now = exchanges.now();
    return firstLetter(run, lane).filter(time -> !time.isAfter(now)).isPresent();
  }

  private static Optional<Instant> firstLetter(Run run, Lane lane) {
    return run.ledger().letters().stream()
        .filter(letter -> letter.direction() == lane.direction())
        // One whose category is exchanged no more lies until it is again.
        .filter(letter -> lane.has(letter.category()))
        .flatMap(letter -> letter.next().stream())
        .min(Instant::compareTo);
  }

  private void await(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!wanted && left > 0) {
        left = asked.awaitNanos(left);
      }
      wanted = false;
    } finally {
      lock.unlock();
    }
  }

  private Duration pause() {
    Optional<Run> run = exchanges.run(partner);
    lock.lock();
    try {
      Instant next = Instant.MAX;
      for (Lane lane : lanes) {
        Instant one = lane.next(run.flatMap(here -> firstLetter(here, lane)));
        next = one.isBefore(next) ? one : next;
      }
      Instant latest = exchanges.now().plus(LONGEST_PAUSE);
      Duration pause = Duration.between(exchanges.now(), next.isAfter(latest) ? latest : next);
      return pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause;
    } finally {
      lock.unlock();
    }
  }

  /** Something changed here: it is pushed, unless the partner is left alone for a while. */
  private void hasten() {
    lock.lock();
    try {
      lanes.stream().filter(lane -> lane.direction() == Direction.PUSH).forEach(Lane::hasten);
      wanted = true;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has directions run as soon as they can.
   *
   * @param category nothing for all
   * @return whether there is any such
   */
  boolean ask(Set<Direction> directions, Optional<String> category) {
    lock.lock();
    try {
      boolean found = false;
      for (Lane lane : lanes) {
        found |= directions.contains(lane.direction()) && lane.ask(category);
      }
      wanted |= found;
      asked.signalAll();
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Runs everything now, in the caller's thread. Returns what went wrong first, if anything. */
  LaneState runOnce() {
    LaneState worst = LaneState.NEW;
    for (Lane lane : lanes) {
      runLane(lane, exchanges.run(partner), lane.flow().subjects());
      worst = worst.error().isPresent() ? worst : lane.state();
    }
    return worst;
  }

  private void runLane(Lane lane, Optional<Run> run, List<Subject> turn) {
    running.lock();
    try {
      begins(lane, turn);
      if (run.isEmpty()) {
        failed(lane, "there is no database " + partner.database());
        return;
      }
      if (lane.direction() == Direction.PULL) {
        new Pull(run.get(), lane.flow()).run(turn);
      } else {
        new Push(run.get(), lane.flow()).run(turn);
      }
      lock.lock();
      try {
        lane.succeeded(exchanges.now());
      } finally {
        lock.unlock();
      }
    } catch (PartnerDownException | StoreException e) {
      LOG.info("{} with {} waits: {}", lane.direction(), partner.name(), e.getMessage());
      failed(lane, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} with {} failed", lane.direction(), partner.name(), e);
      failed(lane, "an error of the node's; its log says more");
    } finally {
      running.unlock();
    }
  }

  private void begins(Lane lane, List<Subject> turn) {
    lock.lock();
    try {
      lane.begins(turn);
    } finally {
      lock.unlock();
    }
  }

  private void failed(Lane lane, String problem) {
    lock.lock();
    try {
      lane.failed(problem, exchanges.now());
    } finally {
      lock.unlock();
    }
  }

  /** Records that were set aside. */
  List<Letter> letters() {
    return exchanges.run(partner).map(run -> run.ledger().letters()).orElse(List.of());
  }

  /**
   * Tries records again that were set aside, in the caller's thread.
   *
   * @param records by their names; empty for all
   * @throws PartnerDownException when the partner cannot be reached
   */
  void retry(Set<String> records) {
    running.lock();
    try {
      exchanges
          .run(partner)
          .ifPresent(
              run -> {
                partner
                    .pull()
                    .filter(flow -> has(Direction.PULL, records))
                    .ifPresent(
                        flow -> new Pull(run, flow).retryOnce(letter -> isMeant(letter, records)));
                partner
                    .push()
                    .filter(flow -> has(Direction.PUSH, records))
                    .ifPresent(
                        flow -> new Push(run, flow).retry(letter -> isMeant(letter, records)));
              });
    } finally {
      running.unlock();
    }
  }

  private boolean has(Direction direction, Set<String> records) {
    return letters().stream()
        .anyMatch(letter -> letter.direction() == direction && isMeant(letter, records));
  }

  private static boolean isMeant(Letter letter, Set<String> records) {
    return records.isEmpty() || records.contains(letter.id().toString());
  }

  /** Ends a run that is under way, and waits until it has. */
  void close() {
    watch.close();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
