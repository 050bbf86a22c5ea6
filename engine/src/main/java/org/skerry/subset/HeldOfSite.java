package org.skerry.subset;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteGuard.Brought;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.LocalDocuments;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.store.subset.Standing;
import org.skerry.store.subset.SubsetDocuments;

/**
 * What is held for one site of one database. It stands in local documents, and in memory without
 * its content. Any thread may call.
 */
final class HeldOfSite {
  /** So many revisions are held for a site. */
  static final int MOST = 1_000;

  /** So many bytes are held for a site, attachments included. */
  static final long MOST_BYTES = 16 << 20;

  /** So many enter together: a part of a replication is not larger. */
  private static final int TOGETHER = 50;

  private static final int PAGE = 100;

  private final LocalDocuments local;

  /**
   * Held by whoever lets some enter, so that they enter once. Comes before the rules' lock, which
   * each batch holds, and that before {@link #lock}.
   */
  private final ReentrantLock entering = new ReentrantLock();

  /** Held for moments. */
  private final ReentrantLock lock = new ReentrantLock();

  /** By the place of their local documents. Guarded by {@link #lock}. */
  private final Map<DocId, HeldRevision> held = new LinkedHashMap<>();

  /** With what of theirs each was tried last. Any thread: one may remove while another adds. */
  private final Map<Try, Set<DocId>> tried = new ConcurrentHashMap<>();

  /** Guarded by {@link #lock}. */
  private long bytes;

  /** Volatile: read by whoever writes, before the lock. */
  private volatile boolean empty = true;

  /** In whose name one was tried: functions of design documents may ask who writes. */
  private record Try(DocId place, Author author) {}

  HeldOfSite(SubsetDocuments part) {
    this.local = part.held();
    Optional<DocId> after = Optional.empty();
    List<LocalDocument> page = local.list(after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(document -> HeldRecord.entry(document).ifPresent(this::add));
      after = Optional.of(page.getLast().id());
      page = local.list(after, PAGE);
    }
  }

  private void add(HeldRevision one) {
    held.put(one.place(), one);
    bytes += one.bytes();
    empty = false;
  }

  private void remove(HeldRevision one) {
    local.get(one.place()).ifPresent(found -> local.remove(one.place(), found.version()));
    held.remove(one.place());
    forget(List.of(one));
    bytes -= one.bytes();
    empty = held.isEmpty();
  }

  private void forget(List<HeldRevision> some) {
    Set<DocId> places = some.stream().map(HeldRevision::place).collect(toSet());
    tried.keySet().removeIf(one -> places.contains(one.place()));
  }

  /** What is held, oldest first. */
  List<HeldRevision> list() {
    lock.lock();
    try {
      return held.values().stream().sorted(Comparator.comparing(HeldRevision::since)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is held of a document; returns whether something was. */
  boolean discard(DocId id) {
    lock.lock();
    try {
      List<HeldRevision> gone = held.values().stream().filter(one -> one.id().equals(id)).toList();
      gone.forEach(this::remove);
      return !gone.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Holds a revision; returns whether it is held, durably. */
  boolean keep(SubsetDocuments part, ForeignRevision revision, Set<DocId> names) {
    DocId place = HeldRecord.place(revision.id(), revision.path().newest());
    lock.lock();
    try {
      if (held.containsKey(place)) {
        return true;
      }
      if (held.size() >= MOST) {
        return false;
      }
      Optional<Body> body =
          HeldRecord.encode(revision, names, part.attachments(), MOST_BYTES - bytes);
      if (body.isEmpty()) {
        return false;
      }
      long seen = local.get(place).map(LocalDocument::version).orElse(0L);
      Optional<Long> version = local.put(place, seen, body.get());
      version
          .flatMap(now -> HeldRecord.entry(new LocalDocument(place, now, body.get())))
          .ifPresent(this::add);
      return version.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** The site wrote: what is held may be there now, be outdated, or enter. */
  void written(Database part, List<Brought> brought, Author author) {
    if (empty) {
      return;
    }
    outdate(brought);
    if (!entering.isHeldByCurrentThread()) {
      entering.lock();
      try {
        release(part, author);
      } finally {
        entering.unlock();
      }
    }
  }

  private void outdate(List<Brought> brought) {
    Map<DocId, List<Brought>> byId =
        brought.stream().collect(Collectors.groupingBy(one -> one.revision().id()));
    lock.lock();
    try {
      for (HeldRevision one : List.copyOf(held.values())) {
        if (byId.getOrDefault(one.id(), List.of()).stream()
            .anyMatch(newer -> isOutdated(one.rev(), newer))) {
          remove(one);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** By what entered with it, or by what is held, or deleted on the device, behind it. */
  private boolean isOutdated(RevId rev, Brought newer) {
    ForeignRevision revision = newer.revision();
    if (!revision.path().revisions().contains(rev)) {
      return false;
    }
    boolean entered =
        newer.result() instanceof WriteResult.Written
            || newer.result() instanceof WriteResult.Present;
    RevId newest = revision.path().newest();
    return entered
        || !newest.equals(rev)
            && newer.result() instanceof WriteResult.Forbidden
            && (revision.deleted() || held.containsKey(HeldRecord.place(revision.id(), newest)));
  }

  /**
   * Lets enter what may. Guards are asked as if the site brought it now, and what enters is taken
   * out by {@link #written}, which each batch calls.
   */
  private void release(Database part, Author author) {
    List<HeldRevision> ready = ready(part, author);
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
      ready = ready(part, author);
    }
  }

  /**
   * Those that refer to something of the site's, and were not tried with just that by this author.
   */
  private List<HeldRevision> ready(Database part, Author author) {
    List<HeldRevision> all = list();
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
      for (HeldRevision one : some) {
        local
            .get(one.place())
            .flatMap(found -> HeldRecord.decode(found, part.store().attachments(), kept))
            .ifPresent(revisions::add);
      }
      part.merge(revisions, author);
    } finally {
      kept.forEach(IncomingAttachment::close);
    }
  }
}
