package org.skerry.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's sites, as the documents of {@value #DATABASE} say. Any thread. */
public final class Sites {
  /** The database that holds them. */
  public static final String DATABASE = "_sites";

  private static final Logger LOG = LoggerFactory.getLogger(Sites.class);

  private final Databases databases;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Volatile: a value, replaced by whoever reads the documents anew. */
  private volatile Read last = new Read("", Seq.ZERO, SiteBook.EMPTY);

  /** What was read, of which life of the database, and how far. */
  private record Read(String life, Seq seq, SiteBook book) {}

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
    Seq now = store.now();
    if (!known.life().equals(store.incarnation()) || !known.seq().equals(now)) {
      known = new Read(store.incarnation(), now, read(store));
      last = known;
    }
    return known.book();
  }

  /** A document that was replicated here and means nothing is passed over, and said so. */
  private static SiteBook read(DocumentStore store) {
    List<Site> sites = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    store.scan(
        DocRange.ALL,
        Fields.WINNER,
        document -> {
          if (!document.deleted() && !document.id().isDesign()) {
            SiteReader reader =
                new SiteReader(
                    document.id(), ValueReader.read(document.revisions().getFirst().body().json()));
            try {
              if (reader.isPlace()) {
                places.add(reader.place());
              } else {
                sites.add(reader.site());
              }
            } catch (InvalidSiteException e) {
              LOG.warn("{} in {} is no site: {}", document.id(), DATABASE, e.getMessage());
            }
          }
          return true;
        });
    return new SiteBook(sites, places);
  }
}
