package org.skerry.subset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Database;
import org.skerry.database.Databases;

/**
 * Lets every database with scope rules follow its rules and the node's sites. One virtual thread a
 * database, which sleeps until something changed. Any thread may call.
 */
public final class SubsetKeeper implements AutoCloseable {
  private final Sites sites;
  private final HeldDocuments held;
  private final Map<String, Caretaker> caretakers = new ConcurrentHashMap<>();

  /** Looks after databases from the moment in which they are used for the first time. */
  public SubsetKeeper(Databases databases, Subsetting subsetting) {
    this.sites = subsetting.sites();
    this.held = subsetting.held();
    databases.onOpen(this::open);
    databases.opened().forEach(this::open);
    databases.onDrop(
        (name, life) -> Optional.ofNullable(caretakers.remove(life)).ifPresent(Caretaker::close));
    sites.onChange(() -> caretakers.values().forEach(Caretaker::hint));
  }

  private void open(Database database) {
    if (database.scope().isPresent() || database.store().subsets().kept()) {
      caretaker(database).hint();
    }
  }

  private Caretaker caretaker(Database database) {
    return caretakers.computeIfAbsent(
        database.store().incarnation(),
        life -> Caretaker.start(database, sites, held.in(database)));
  }

  /** To be told when a database's rules changed. */
  public void rulesChanged(Database database) {
    caretaker(database).hint();
  }

  /** Lets a database follow until there is nothing left to do, in this thread. */
  public void settle(Database database) {
    caretaker(database).settle();
  }

  /** Whether rules or sites were changed that a database's documents do not follow yet. */
  public boolean isBehind(Database database) {
    return caretaker(database).isBehind();
  }

  /** To be told when a document was granted to a site, or taken back. */
  public void granted(Database database) {
    caretaker(database).hint();
  }

  /** Databases in which documents still have to be placed anew, and how far that is. */
  public List<Progress> progress() {
    return caretakers.values().stream().flatMap(one -> one.progress().stream()).toList();
  }

  /**
   * How far a database has followed.
   *
   * @param done documents that were placed anew
   * @param total all documents, as many as there were at the beginning
   */
  public record Progress(String database, long started, long done, long total) {}

  @Override
  public void close() {
    caretakers.values().forEach(Caretaker::close);
  }
}
