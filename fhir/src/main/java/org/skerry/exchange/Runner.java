package org.skerry.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.exchange.Letter.Direction;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partner while the node runs, in a thread of its own: runs, waits for the schedule, for a
 * record that is due, or for somebody who asks, and runs again. A partner that is down is asked
 * again by the retry rule.
 */
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final Partner partner;
  private final Exchanges exchanges;
  private final Thread thread;

  /** One run at a time. */
  private final ReentrantLock running = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();

  /** Guarded by lock. */
  private boolean wanted;

  /** Volatile: written by runs, read by whoever asks how it stands. */
  private volatile PartnerState state = PartnerState.NEW;

  Runner(Partner partner, Exchanges exchanges) {
    this.partner = partner;
    this.exchanges = exchanges;
    this.thread = Thread.ofVirtual().name("exchange with " + partner.name()).unstarted(this::loop);
  }

  Partner partner() {
    return partner;
  }

  PartnerState state() {
    return state;
  }

  void start() {
    thread.start();
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        runOnce();
        await(pause());
      }
    } catch (InterruptedException e) {
      LOG.debug("exchange with {} ends", partner.name());
    }
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
    PartnerState now = state;
    if (now.failures() > 0) {
      return partner.retry().pause(now.failures());
    }
    long seconds =
        Math.min(
            partner.pull().map(Partner.Flow::seconds).orElse(Long.MAX_VALUE / 2_000_000_000),
            partner.push().map(Partner.Flow::seconds).orElse(Long.MAX_VALUE / 2_000_000_000));
    Duration schedule = Duration.ofSeconds(seconds);
    Duration due =
        letters().stream()
            .flatMap(letter -> letter.next().stream())
            .min(Instant::compareTo)
            .map(time -> Duration.between(exchanges.now(), time))
            .orElse(schedule);
    Duration soon = due.compareTo(schedule) < 0 ? due : schedule;
    return soon.compareTo(partner.retry().first()) < 0 ? partner.retry().first() : soon;
  }

  /** Has it run as soon as it can. */
  void ask() {
    lock.lock();
    try {
      wanted = true;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Runs both directions now, in the caller's thread. Returns how it stands afterwards. */
  PartnerState runOnce() {
    running.lock();
    try {
      state = state.begun();
      Optional<Run> run = exchanges.run(partner);
      if (run.isEmpty()) {
        state = state.failed("there is no database " + partner.database());
        return state;
      }
      partner.pull().ifPresent(flow -> new Pull(run.get(), flow).run());
      partner.push().ifPresent(flow -> new Push(run.get(), flow).run());
      state = state.succeeded(exchanges.now());
    } catch (PartnerDownException | StoreException e) {
      LOG.info("exchange with {} waits: {}", partner.name(), e.getMessage());
      state = state.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("exchange with {} failed", partner.name(), e);
      state = state.failed("an error of the node's; its log says more");
    } finally {
      running.unlock();
    }
    return state;
  }

  /** Records that were set aside. */
  List<Letter> letters() {
    return exchanges.run(partner).map(run -> run.ledger().letters()).orElse(List.of());
  }

  /**
   * Tries one record again, or all that were set aside, in the caller's thread.
   *
   * @param record nothing for all
   * @throws PartnerDownException when the partner cannot be reached
   */
  void retry(Optional<String> record) {
    running.lock();
    try {
      exchanges
          .run(partner)
          .ifPresent(
              run -> {
                partner
                    .pull()
                    .filter(flow -> has(Direction.PULL, record))
                    .ifPresent(
                        flow -> new Pull(run, flow).retryOnce(letter -> isMeant(letter, record)));
                partner
                    .push()
                    .filter(flow -> has(Direction.PUSH, record))
                    .ifPresent(
                        flow -> new Push(run, flow).retry(letter -> isMeant(letter, record)));
              });
    } finally {
      running.unlock();
    }
  }

  private boolean has(Direction direction, Optional<String> record) {
    return letters().stream()
        .anyMatch(letter -> letter.direction() == direction && isMeant(letter, record));
  }

  private static boolean isMeant(Letter letter, Optional<String> record) {
    return record.isEmpty() || record.get().equals(letter.id().toString());
  }

  /** Ends a run that is under way, and waits until it has. */
  void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
