package org.skerry.subset;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.WriteGuard.Brought;
import org.skerry.document.DocId;
import org.skerry.store.subset.SubsetDocuments;

/**
 * What sites bring before that to which it refers, so that it is nobody's yet: it is held for the
 * site that brought it, seen by nobody else and in nobody's way, and enters when the site gets one
 * of the documents that it names. Any thread.
 */
public final class HeldDocuments {
  /** By the lives of databases, as their parts know them. */
  private final Map<String, HeldOfDatabase> databases = new ConcurrentHashMap<>();

  HeldDocuments(Databases databases) {
    databases.onDrop((name, life) -> this.databases.remove(shared(life)));
  }

  private static String shared(String incarnation) {
    return incarnation.substring(0, SubsetDocuments.SHARED_DIGITS);
  }

  /** What is held in a database, or in one of which that is a part. */
  HeldOfDatabase in(Database database) {
    return databases.computeIfAbsent(
        shared(database.store().incarnation()), first -> new HeldOfDatabase());
  }

  private HeldOfSite of(Database part) {
    return in(part).of(part.subset().orElseThrow());
  }

  /** What is held for the site whose part that is, oldest first. */
  public List<HeldRevision> list(Database part) {
    return of(part).list();
  }

  /** Forgets what is held of a document; returns what that was. */
  public List<HeldRevision> discard(Database part, DocId id) {
    return of(part).discard(id);
  }

  List<Boolean> keep(Database part, List<HeldOfSite.Early> early, Author by) {
    return of(part).keep(early, by);
  }

  void written(Database part, List<Brought> brought, Author author) {
    of(part).written(part, brought, author);
  }
}
