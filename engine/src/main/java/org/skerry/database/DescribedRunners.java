package org.skerry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What runs on a node because documents describe it: one runner for each description, by its name.
 * Whoever follows the descriptions, in one thread, first {@link #endOthers ends} what is described
 * otherwise now, and then {@link #begin begins} what is new. Any thread may ask.
 *
 * @param <D> a description; equal ones mean the same
 * @param <R> what runs
 */
public final class DescribedRunners<D, R> implements AutoCloseable {
  private final Function<R, D> descriptions;
  private final Consumer<R> start;
  private final Consumer<R> close;

  /** Guarded by this. */
  private final Map<String, R> runners = new TreeMap<>();

  /** Guarded by this. */
  private boolean closed;

  /**
   * None yet.
   *
   * @param descriptions of what runs
   * @param start begins one, and does not wait for it
   * @param close ends one, and waits until it has
   */
  public DescribedRunners(Function<R, D> descriptions, Consumer<R> start, Consumer<R> close) {
    this.descriptions = descriptions;
    this.start = start;
    this.close = close;
  }

  /**
   * Ends what is described otherwise now, or no more.
   *
   * @return those that have ended
   */
  public List<R> endOthers(Map<String, D> described) {
    List<R> ended = new ArrayList<>();
    synchronized (this) {
      runners
          .entrySet()
          .removeIf(
              one -> {
                R runner = one.getValue();
                boolean other = !descriptions.apply(runner).equals(described.get(one.getKey()));
                return other && ended.add(runner);
              });
    }
    ended.forEach(close);
    return ended;
  }

  /** Begins what is described and does not run, unless everything was ended. */
  public synchronized void begin(Map<String, D> described, Function<D, R> made) {
    described.forEach(
        (name, description) -> {
          if (!closed && !runners.containsKey(name)) {
            R runner = made.apply(description);
            runners.put(name, runner);
            start.accept(runner);
          }
        });
    notifyAll();
  }

  /** The one of that name, if it is described. */
  public synchronized Optional<R> find(String name) {
    return Optional.ofNullable(runners.get(name));
  }

  /** The one of that name, waited for until it was noticed that it is described. */
  public synchronized R await(String name) throws InterruptedException {
    R found = runners.get(name);
    while (found == null) {
      wait();
      found = runners.get(name);
    }
    return found;
  }

  /** All, by name. */
  public synchronized List<R> all() {
    return List.copyOf(runners.values());
  }

  /** Ends everything, and begins no more. */
  @Override
  public void close() {
    List<R> ended;
    synchronized (this) {
      closed = true;
      ended = List.copyOf(runners.values());
      runners.clear();
    }
    ended.forEach(close);
  }
}
