package org.skerry.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.database.Database;
import org.skerry.store.subset.SubsetDocuments;

/** What is held in one life of a database, for each of its sites. Any thread. */
final class HeldOfDatabase {
  private final Map<String, HeldOfSite> sites = new ConcurrentHashMap<>();

  /** Sites whose part changed since it was last tried to let enter what is held for them. */
  private final Set<String> news = ConcurrentHashMap.newKeySet();

  /** Volatile: set by whoever begins to look after the database. */
  private volatile Runnable hint = () -> {};

  /** Held while what may enter does: whoever comes next finds it there. */
  private final ReentrantLock attending = new ReentrantLock();

  /** Whether sites of an earlier process are known. Guarded by {@link #attending}. */
  private boolean found;

  HeldOfSite of(SubsetDocuments part) {
    return sites.computeIfAbsent(part.site(), site -> new HeldOfSite(part, () -> advanced(site)));
  }

  private void advanced(String site) {
    news.add(site);
    hint.run();
  }

  /** Says whom to tell when something may enter; that one is to call {@link #enter}. */
  void attended(Runnable hint) {
    this.hint = hint;
  }

  /**
   * Lets enter what may of the sites whose parts changed, and once of all: what changed before a
   * crash was told to nobody.
   */
  void enter(Database whole) {
    attending.lock();
    try {
      if (!found) {
        news.addAll(SubsetDocuments.holding(whole.store()));
        found = true;
      }
      enterWithNews(whole);
    } finally {
      attending.unlock();
    }
  }

  private void enterWithNews(Database whole) {
    List<RuntimeException> failed = new ArrayList<>(0);
    for (String site : news) {
      // Before it is looked at: what comes now is news again.
      news.remove(site);
      try {
        Database part = whole.seenBy(site);
        of(part.subset().orElseThrow()).enter(part);
      } catch (RuntimeException e) {
        news.add(site);
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
  }
}
