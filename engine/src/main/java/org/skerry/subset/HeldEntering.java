package org.skerry.subset;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.document.DocId;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;

/**
 * Lets enter what is held for one site, when something that it names is the site's. Guards are
 * asked as if the site brought it now, and what enters is taken out by {@link HeldOfSite#written},
 * which each batch calls. Any thread may call.
 */
final class HeldEntering {
  /** So many enter together: a part of a replication is not larger. */
  private static final int TOGETHER = 50;

  private final HeldOfSite held;

  /**
   * Held by whoever lets some enter, so that they enter once. Comes before the rules' lock, which
   * each batch holds, and that before the list's.
   */
  private final ReentrantLock entering = new ReentrantLock();

  /** With what of theirs each was tried last. Any thread: one may remove while another adds. */
  private final Map<Try, Set<DocId>> tried = new ConcurrentHashMap<>();

  /** In whose name one was tried: functions of design documents may ask who writes. */
  private record Try(DocId place, Author author) {}

  HeldEntering(HeldOfSite held) {
    this.held = held;
  }

  void forget(Collection<HeldRevision> some) {
    Set<DocId> places = some.stream().map(HeldRevision::place).collect(toSet());
    tried.keySet().removeIf(one -> places.contains(one.place()));
  }

  /** Somebody wrote for the site: in that name all are tried. */
  void written(Database part, Author author) {
    if (!entering.isHeldByCurrentThread()) {
      entering.lock();
      try {
        release(part, author, Optional.empty());
      } finally {
        entering.unlock();
      }
    }
  }

  /** The site's part changed: each is tried in the name of who brought it. */
  void enter(Database part) {
    entering.lock();
    try {
      Set<Author> authors = held.list().stream().flatMap(one -> one.by().stream()).collect(toSet());
      authors.forEach(author -> release(part, author, Optional.of(author)));
    } finally {
      entering.unlock();
    }
  }

  /**
   * @param by only of what that one brought
   */
  private void release(Database part, Author author, Optional<Author> by) {
    List<HeldRevision> ready = ready(part, author, by);
    while (!ready.isEmpty()) {
      try {
        for (int from = 0; from < ready.size(); from += TOGETHER) {
          enter(part, ready.subList(from, Math.min(ready.size(), from + TOGETHER)), author);
        }
      } catch (RuntimeException e) {
        // They were not refused, and are tried again.
        forget(ready);
        throw e;
      }
      ready = ready(part, author, by);
    }
  }

  /**
   * Those that refer to something of the site's, and were not tried with just that by this author.
   */
  private List<HeldRevision> ready(Database part, Author author, Optional<Author> by) {
    List<HeldRevision> all =
        held.list().stream().filter(one -> by.isEmpty() || one.by().equals(by)).toList();
    Set<DocId> names = all.stream().flatMap(one -> one.names().stream()).collect(toSet());
    Set<DocId> there = there(part.subset().orElseThrow(), names);
    List<HeldRevision> ready = new ArrayList<>();
    for (HeldRevision one : all) {
      Set<DocId> with = one.names().stream().filter(there::contains).collect(toSet());
      if (!with.isEmpty() && !with.equals(tried.put(new Try(one.place(), author), with))) {
        ready.add(one);
      }
    }
    return ready;
  }

  /** What the site has or had. */
  private static Set<DocId> there(SubsetDocuments part, Collection<DocId> names) {
    List<DocId> asked = List.copyOf(names);
    List<Standing> standings = part.subsets().look(part.feed(), asked);
    Set<DocId> there = new HashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      if (!(standings.get(i) instanceof Standing.Outside)) {
        there.add(asked.get(i));
      }
    }
    return there;
  }

  private void enter(Database part, List<HeldRevision> some, Author author) {
    List<IncomingAttachment> kept = new ArrayList<>(0);
    try {
      List<ForeignRevision> revisions = new ArrayList<>();
      some.forEach(one -> held.find(one.place(), kept).ifPresent(revisions::add));
      part.merge(revisions, author);
    } finally {
      kept.forEach(IncomingAttachment::close);
    }
  }
}
