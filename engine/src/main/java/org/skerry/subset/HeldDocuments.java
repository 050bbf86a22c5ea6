package org.skerry.subset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteGuard.Brought;
import org.skerry.document.DocId;
import org.skerry.store.subset.SubsetDocuments;

/**
 * What sites bring before that to which it refers, so that it is nobody's yet: it is held for the
 * site that brought it, seen by nobody else and in nobody's way, and enters when the site gets one
 * of the documents that it names. Any thread.
 */
public final class HeldDocuments {
  private final Map<String, HeldOfSite> sites = new ConcurrentHashMap<>();

  HeldDocuments(Databases databases) {
    databases.onDrop((name, life) -> sites.keySet().removeIf(key -> key.startsWith(name + "/")));
  }

  private HeldOfSite of(Database part) {
    SubsetDocuments documents = part.subset().orElseThrow();
    return sites.computeIfAbsent(
        part.name() + "/" + documents.incarnation(), first -> new HeldOfSite(documents));
  }

  /** What is held for the site whose part that is, oldest first. */
  public List<HeldRevision> list(Database part) {
    return of(part).list();
  }

  /** Forgets what is held of a document; returns whether something was. */
  public boolean discard(Database part, DocId id) {
    return of(part).discard(id);
  }

  boolean keep(Database part, ForeignRevision revision, Set<DocId> names) {
    return of(part).keep(part.subset().orElseThrow(), revision, names);
  }

  void written(Database part, List<Brought> brought, Author author) {
    of(part).written(part, brought, author);
  }
}
