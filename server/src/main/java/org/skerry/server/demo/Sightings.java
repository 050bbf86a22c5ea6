package org.skerry.server.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the sites' feeds have shown so far. All waiting of the demonstration is done here, and woken
 * by rows of feeds: nothing is polled. The monitor of this object guards everything.
 */
final class Sightings {
  /** Generous: what takes this long will not come. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<String> sites;
  private final Map<String, Map<String, Sight>> bySite = new HashMap<>();

  /** Documents that are not the same everywhere. */
  private final Set<String> differing = new HashSet<>();

  private Optional<DemoException> failure = Optional.empty();

  /**
   * A document as a feed showed it last.
   *
   * @param leaves its leaf revisions
   * @param nanos when, by {@link System#nanoTime}
   */
  private record Sight(Set<String> leaves, long nanos) {}

  Sightings(List<String> sites) {
    this.sites = List.copyOf(sites);
    sites.forEach(site -> bySite.put(site, new HashMap<>()));
  }

  /** A feed has shown a row. */
  synchronized void saw(String site, String id, Set<String> leaves) {
    of(site).put(id, new Sight(leaves, System.nanoTime()));
    boolean same =
        sites.stream()
            .map(one -> Optional.ofNullable(of(one).get(id)))
            .allMatch(sight -> sight.isPresent() && sight.get().leaves().equals(leaves));
    if (same) {
      differing.remove(id);
    } else {
      differing.add(id);
    }
    notifyAll();
  }

  /** A feed cannot be followed any more: whoever waits is told. */
  synchronized void failed(DemoException problem) {
    failure = Optional.of(problem);
    notifyAll();
  }

  /** Whether a site has shown a document at all. */
  synchronized boolean shows(String site, String id) {
    return of(site).containsKey(id);
  }

  /** Waits until a site shows so many documents. */
  synchronized void awaitDocuments(String site, int count) {
    await(
        () -> of(site).size() >= count,
        () -> site + " has " + of(site).size() + " of " + count + " documents");
  }

  /**
   * Waits until a site shows the revision.
   *
   * @return when it did, by {@link System#nanoTime}
   */
  synchronized long awaitRevision(String site, Edit edit) {
    await(
        () -> seen(site, edit).isPresent(),
        () -> site + " does not show revision " + edit.rev() + " of " + edit.id());
    return seen(site, edit).orElseThrow();
  }

  /** Waits until all sites show the same leaves of all documents. */
  synchronized void awaitEqual() {
    await(differing::isEmpty, () -> differing.size() + " documents are not the same everywhere");
  }

  private OptionalLong seen(String site, Edit edit) {
    Sight sight = of(site).get(edit.id());
    return sight != null && sight.leaves().contains(edit.rev())
        ? OptionalLong.of(sight.nanos())
        : OptionalLong.empty();
  }

  private Map<String, Sight> of(String site) {
    Map<String, Sight> sights = bySite.get(site);
    if (sights == null) {
      throw new IllegalArgumentException("no site is called " + site);
    }
    return sights;
  }

  private synchronized void await(BooleanSupplier reached, Supplier<String> state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      if (failure.isPresent()) {
        throw new DemoException(String.valueOf(failure.get().getMessage()), failure.get());
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new DemoException("after " + PATIENCE.toSeconds() + " s " + state.get());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted while " + state.get(), e);
      }
    }
  }
}
