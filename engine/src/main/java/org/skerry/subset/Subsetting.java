package org.skerry.subset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;

/** Hands out databases as sites see them. Any thread. */
public final class Subsetting {
  /** So many subsets are kept at hand; others are made again, which costs little. */
  private static final int MOST = 4_096;

  private final Sites sites;
  private final Databases databases;
  private final HeldDocuments held;

  /** Guarded by itself. */
  private final LinkedHashMap<String, Database> seen = new LinkedHashMap<>(16, 0.75f, true);

  public Subsetting(Databases databases, Sites sites) {
    this.sites = sites;
    this.databases = databases;
    this.held = new HeldDocuments(databases);
    databases.guard(new SubsetGuard(held));
    databases.onDrop((name, life) -> forget(life));
  }

  /** The sites that there are. */
  public Sites sites() {
    return sites;
  }

  /** What is held for sites. */
  public HeldDocuments held() {
    return held;
  }

  /** Makes the database of the sites when there is none yet. */
  public Database begin() {
    return databases.findOrCreate(Sites.DATABASE);
  }

  /** As which site somebody sees a database; nothing for whoever sees all of it. */
  public Optional<Site> site(Database database, Optional<String> user, Set<String> roles) {
    return database.scope().isEmpty()
        ? Optional.empty()
        : sites.book().of(database.name(), user, roles);
  }

  /** A database as somebody sees it: a site's subset; all of it for others and administrators. */
  public Database seen(Database database, Author author) {
    boolean administers =
        author.isServerAdmin()
            || database.security().isAdmin(author.name().orElse(""), author.roles());
    return administers
        ? database
        : site(database, author.name(), author.roles())
            .map(site -> seenBy(database, site))
            .orElse(database);
  }

  /** A database as a site sees it. */
  public Database seenBy(Database database, Site site) {
    String key = database.store().incarnation() + "/" + site.id();
    synchronized (seen) {
      Database known = seen.get(key);
      if (known == null) {
        known = database.seenBy(site.id());
        seen.put(key, known);
        if (seen.size() > MOST) {
          seen.pollFirstEntry();
        }
      }
      return known;
    }
  }

  private void forget(String life) {
    synchronized (seen) {
      for (Map.Entry<String, Database> gone :
          seen.entrySet().stream().filter(entry -> entry.getKey().startsWith(life)).toList()) {
        seen.remove(gone.getKey());
        gone.getValue().changes().close();
      }
    }
  }
}
