package org.skerry.subset;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
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
import org.skerry.store.LocalDocuments.LocalWrite;
import org.skerry.store.LocalDocuments.Put;
import org.skerry.store.LocalDocuments.Removal;
import org.skerry.store.Registration;
import org.skerry.store.subset.SubsetDocuments;

/**
 * What is held for one site of one database. It stands in local documents, and in memory without
 * its content. Any thread may call. What lets it enter is {@link HeldEntering}'s.
 */
final class HeldOfSite {
  /** So many revisions are held for a site. */
  static final int MOST = 1_000;

  /** So many bytes are held for a site, attachments included. */
  static final long MOST_BYTES = 16 << 20;

  private static final int PAGE = 100;

  private static final Registration NOWHERE = () -> {};

  private final SubsetDocuments part;
  private final LocalDocuments local;
  private final Runnable advanced;
  private final HeldEntering entering;

  /** Held for moments. */
  private final ReentrantLock lock = new ReentrantLock();

  /** By the place of their local documents. Guarded by {@link #lock}. */
  private final Map<DocId, HeldRevision> held = new LinkedHashMap<>();

  /** Guarded by {@link #lock}. */
  private long bytes;

  /** With the site's feed, while something is held. Guarded by {@link #lock}. */
  private Registration advances = NOWHERE;

  /** Volatile: read by whoever writes, before the lock. */
  private volatile boolean empty = true;

  /**
   * A revision that comes too early.
   *
   * @param names the documents of which one would let it enter; none: it is not held
   */
  record Early(ForeignRevision revision, Set<DocId> names) {
    DocId place() {
      return HeldRecord.place(revision.id(), revision.path().newest());
    }
  }

  /**
   * @param advanced told while something is held, when the site's part changed; by a thread that
   *     must not be kept
   */
  HeldOfSite(SubsetDocuments part, Runnable advanced) {
    this.part = part;
    this.local = part.held();
    this.advanced = advanced;
    this.entering = new HeldEntering(this);
    lock.lock();
    try {
      read();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    Optional<DocId> after = Optional.empty();
    List<LocalDocument> page = local.list(after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(document -> HeldRecord.entry(document).ifPresent(this::add));
      after = Optional.of(page.getLast().id());
      page = local.list(after, PAGE);
    }
    count();
  }

  private void add(HeldRevision one) {
    held.put(one.place(), one);
    bytes += one.bytes();
  }

  /** Behind each change of what is held. */
  private void count() {
    empty = held.isEmpty();
    if (empty) {
      advances.close();
      advances = NOWHERE;
    } else if (advances.equals(NOWHERE)) {
      advances = part.onAdvance(advanced);
    }
  }

  private void remove(Collection<HeldRevision> some) {
    if (some.isEmpty()) {
      return;
    }
    List<LocalWrite> removals = new ArrayList<>(some.size());
    for (HeldRevision one : some) {
      local
          .get(one.place())
          .ifPresent(found -> removals.add(new Removal(one.place(), found.version())));
    }
    local.write(removals);
    for (HeldRevision one : some) {
      held.remove(one.place());
      bytes -= one.bytes();
    }
    entering.forget(some);
    count();
  }

  boolean isEmpty() {
    return empty;
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

  /** Forgets what is held of a document; returns what that was. */
  List<HeldRevision> discard(DocId id) {
    lock.lock();
    try {
      List<HeldRevision> gone = held.values().stream().filter(one -> one.id().equals(id)).toList();
      remove(gone);
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Holds revisions; returns of each whether it is held, durably. One write for all. */
  List<Boolean> keep(List<Early> some, Author by) {
    lock.lock();
    try {
      Map<DocId, LocalWrite> puts = new LinkedHashMap<>();
      long room = MOST_BYTES - bytes;
      for (Early early : some) {
        DocId place = early.place();
        boolean known = held.containsKey(place) || puts.containsKey(place);
        if (early.names().isEmpty() || known || held.size() + puts.size() >= MOST) {
          continue;
        }
        Optional<Body> body = HeldRecord.encode(early, by, part.attachments(), room);
        if (body.isPresent()) {
          long seen = local.get(place).map(LocalDocument::version).orElse(0L);
          puts.put(place, new Put(place, seen, body.get()));
          room -= body.get().json().length;
        }
      }
      write(List.copyOf(puts.values()));
      return some.stream().map(early -> held.containsKey(early.place())).toList();
    } finally {
      lock.unlock();
    }
  }

  private void write(List<LocalWrite> puts) {
    if (puts.isEmpty()) {
      return;
    }
    List<Optional<Long>> versions = local.write(puts);
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).isPresent()
          && puts.get(i) instanceof Put(DocId place, var _, Body body)) {
        HeldRecord.entry(new LocalDocument(place, versions.get(i).get(), body))
            .ifPresent(this::add);
      }
    }
    count();
  }

  /** The site wrote: what is held may be there now, be outdated, or enter. */
  void written(Database seen, List<Brought> brought, Author author) {
    if (!empty) {
      outdate(brought);
      entering.written(seen, author);
    }
  }

  /** Lets enter what may, since the site's part may have changed, in the name of who brought it. */
  void enter(Database seen) {
    if (!empty) {
      entering.enter(seen);
    }
  }

  private void outdate(List<Brought> brought) {
    Map<DocId, List<Brought>> byId =
        brought.stream().collect(groupingBy(one -> one.revision().id()));
    lock.lock();
    try {
      remove(
          held.values().stream()
              .filter(
                  one ->
                      byId.getOrDefault(one.id(), List.of()).stream()
                          .anyMatch(newer -> isOutdated(one.rev(), newer)))
              .toList());
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
   * The revision that is held there, if it is still.
   *
   * @param kept takes what holds its attachments in the store until it is written
   */
  Optional<ForeignRevision> find(DocId place, List<IncomingAttachment> kept) {
    return local.get(place).flatMap(found -> HeldRecord.decode(found, part.attachments(), kept));
  }
}
