package org.skerry.subset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's sites, as the documents of {@value #DATABASE} say. Any thread. */
public final class Sites {
  /** The database that holds them. */
  public static final String DATABASE = "_sites";

  private static final Logger LOG = LoggerFactory.getLogger(Sites.class);

  private final Databases databases;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Held by whoever reads documents: all who wait meanwhile want the same. */
  private final ReentrantLock reading = new ReentrantLock();

  /** Volatile: a value, replaced by whoever reads on. */
  private volatile Read last = Read.NOTHING;

  /**
   * What was read, of which life of the database, and how far.
   *
   * @param purges how many there were: what is purged is in no feed
   */
  private record Read(String life, Seq seq, long purges, SiteBook book) {
    static final Read NOTHING = new Read("", Seq.ZERO, 0, SiteBook.EMPTY);

    boolean isOfLife(DocumentStore store) {
      return life.equals(store.incarnation()) && purges == store.totals().purges();
    }

    boolean isAll(DocumentStore store) {
      return isOfLife(store) && seq.equals(store.now());
    }
  }

  /** The sites of a node; writes to their documents are judged from now on. */
  public Sites(Databases databases) {
    this.databases = databases;
    databases.guard(DATABASE, new SitesGuard());
    databases.onOpen(
        database -> {
          if (database.name().equals(DATABASE)) {
            database.store().onAdvance(this::tell);
            tell();
          }
        });
    databases.onDrop(
        (name, life) -> {
          if (name.equals(DATABASE)) {
            tell();
          }
        });
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  /** Calls whenever sites may have changed; it must return at once. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The sites as they are now. */
  public SiteBook book() {
    Optional<Database> database = databases.find(DATABASE);
    if (database.isEmpty()) {
      return SiteBook.EMPTY;
    }
    DocumentStore store = database.get().store();
    Read known = last;
    return (known.isAll(store) ? known : readOn(store)).book();
  }

  private Read readOn(DocumentStore store) {
    reading.lock();
    try {
      if (!last.isAll(store)) {
        last = read(store, last.isOfLife(store) ? last : Read.NOTHING);
      }
      return last;
    } finally {
      reading.unlock();
    }
  }

  /** Of thousands of sites one changes at a time: what did not change is not read again. */
  private static Read read(DocumentStore store, Read before) {
    String life = store.incarnation();
    long purges = store.totals().purges();
    Map<String, Site> sites = new HashMap<>();
    Map<String, Place> places = new HashMap<>();
    before.book().sites().forEach(site -> sites.put(site.id(), site));
    before.book().places().forEach(place -> places.put(place.id(), place));
    Seq end =
        store.changes(
            ChangeRange.after(before.seq(), Integer.MAX_VALUE),
            Fields.WINNER,
            document -> {
              sites.remove(document.id().text());
              places.remove(document.id().text());
              if (!document.deleted() && !document.id().isDesign()) {
                read(document, sites, places);
              }
              return true;
            });
    return new Read(life, end, purges, new SiteBook(sites.values(), places.values()));
  }

  /** A document that was replicated here and means nothing is passed over, and said so. */
  private static void read(
      StoredDocument document, Map<String, Site> sites, Map<String, Place> places) {
    SiteReader reader =
        new SiteReader(
            document.id(), ValueReader.read(document.revisions().getFirst().body().json()));
    try {
      if (reader.isPlace()) {
        places.put(document.id().text(), reader.place());
      } else {
        sites.put(document.id().text(), reader.site());
      }
    } catch (InvalidSiteException e) {
      LOG.warn("{} in {} is no site: {}", document.id(), DATABASE, e.getMessage());
    }
  }
}
