package org.skerry.database;

import java.util.List;
import java.util.Optional;
import org.skerry.changes.ChangesFeed;
import org.skerry.scope.ScopeRules;
import org.skerry.store.DocumentStore;
import org.skerry.store.Registration;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.SubsetDocuments;

/**
 * One database: the only way in for revisions. Any thread may call; a call returns when what it
 * wrote is durable.
 *
 * <p>Two ways of writing, and no flag between them: {@link #update} names new revisions and refuses
 * those that do not follow a leaf; {@link #merge} takes revisions that have their names, as
 * replication does. On both ways stand the same {@linkplain WriteGuard guards}.
 */
public final class Database {
  private final DocumentStore store;
  private final DatabaseSettings settings;
  private final ChangesFeed changes;
  private final WriteGuards guards;
  private final DatabaseEvents events;
  private final Registration advances;

  /** Volatile: set by whoever drops the database, read by its writers. */
  private volatile boolean dropped;

  Database(DocumentStore store, WriteGuards guards, DatabaseEvents events) {
    this.store = store;
    this.settings = new DatabaseSettings(store);
    this.events = events;
    this.guards = guards;
    this.changes = new ChangesFeed(store);
    this.advances = store.onAdvance(this::advanced);
  }

  /** A part of another database. */
  private Database(Database whole, SubsetDocuments part) {
    this.store = part;
    this.settings = whole.settings;
    this.events = whole.events;
    this.guards = whole.guards;
    this.changes = new ChangesFeed(part);
    // What is written here is written into the whole, which tells of it.
    this.advances = () -> {};
  }

  /** Also called when the database was dropped, and that is told elsewhere. */
  private void advanced() {
    if (!dropped) {
      events.tell(store.name(), DatabaseEvents.Kind.UPDATED);
    }
  }

  /** From now on nothing is told of it; those who wait for changes are told that none will come. */
  void drop() {
    dropped = true;
    close();
  }

  /** Tells of no more changes; those who wait for some are told that none will come. */
  void close() {
    advances.close();
    changes.close();
  }

  public String name() {
    return store.name();
  }

  /** Counts documents that somebody read by their ids, for the node's statistics. */
  public void countReads(int count) {
    events.countReads(count);
  }

  /** The documents, for reading. */
  public DocumentStore store() {
    return store;
  }

  /** The feed of this database, one for all who read it or wait. */
  public ChangesFeed changes() {
    return changes;
  }

  /** Who may read and write, and who may administer. */
  public Security security() {
    return settings.security();
  }

  /** Replaces the rules; durable on return. */
  public void security(Security rules) {
    settings.security(rules);
  }

  /** What is switched for it on this node. */
  public DatabaseOptions options() {
    return settings.options();
  }

  /** Replaces the options; durable on return. */
  public void options(DatabaseOptions changed) {
    settings.options(changed);
  }

  /** What puts documents into the subsets of sites; nothing where every reader sees everything. */
  public Optional<ScopeRules> scope() {
    return settings.scope();
  }

  /**
   * Replaces the scope rules, or takes them away; durable on return. What is written from now on
   * follows them; what is here already follows when it is placed anew.
   */
  public void scope(Optional<ScopeRules> rules) {
    if (rules.isPresent()) {
      store.subsets().keep();
    }
    settings.scope(rules);
  }

  /** Which change of the rules these are; 0 before the first. */
  public long scopeEdition() {
    return settings.scopeEdition();
  }

  /** This database as a site sees it: its subset alone, under the same name and settings. */
  public Database seenBy(String site) {
    return new Database(this, new SubsetDocuments(store, site, store.subsets().feed(site)));
  }

  /** A subset as its centre has it: without the echoes that it shows to devices. */
  public Database withoutEchoes() {
    return subset().map(part -> new Database(this, part.withoutEchoes())).orElse(this);
  }

  /** The subset that this is; nothing for a whole database. */
  public Optional<SubsetDocuments> subset() {
    return store instanceof SubsetDocuments part ? Optional.of(part) : Optional.empty();
  }

  /** For what is written together; under one scope. */
  private Placing placing() {
    return settings
        .scope()
        .<Placing>map(rules -> rules.placer()::place)
        .orElse((id, deleted, body) -> Placement.NONE);
  }

  /** Writes one edit of the program in which the node runs, as {@link #update(List, Author)}. */
  public WriteResult update(NewRevision edit) {
    return update(List.of(edit)).getFirst();
  }

  /** Writes edits of the program in which the node runs, as {@link #update(List, Author)}. */
  public List<WriteResult> update(List<NewRevision> edits) {
    return update(edits, Author.SYSTEM);
  }

  /** Writes one edit, as {@link #update(List, Author)}. */
  public WriteResult update(NewRevision edit, Author author) {
    return update(List.of(edit), author).getFirst();
  }

  /**
   * Writes edits. One without a parent creates its document, or follows the winning tombstone of a
   * deleted one: a document that comes back continues its history, so that no replica keeps it
   * deleted.
   *
   * @return one result an edit, in their order
   */
  public List<WriteResult> update(List<NewRevision> edits, Author author) {
    events.countWrites(edits.size());
    boolean designs = anyDesign(edits);
    Inspection inspection = inspection(author, designs);
    List<WriteResult> results;
    try (var _ = settings.underOneScope()) {
      results = new EditBatch(store, edits, placing()).write(inspection);
    } finally {
      if (designs) {
        designChanged();
      }
    }
    inspection.edited();
    return results;
  }

  /**
   * Writes edits of different documents, all or none: none when one is a conflict, or when a guard
   * refuses one. Nobody sees some of them without the others. An edit that brings a deleted
   * document back names its tombstone as parent.
   *
   * @throws UnsupportedOperationException when the store does not do this
   */
  public TogetherResult updateTogether(List<NewRevision> edits, Author author) {
    events.countWrites(edits.size());
    boolean designs = anyDesign(edits);
    Inspection inspection = inspection(author, designs);
    TogetherResult result;
    try (var _ = settings.underOneScope()) {
      result = new EditBatch(store, edits, placing()).writeTogether(inspection);
    } finally {
      if (designs) {
        designChanged();
      }
    }
    inspection.edited();
    return result;
  }

  /**
   * Of edits that are to be written all or none: the first that names an attachment of its parent
   * which that has not.
   */
  public Optional<WriteResult.MissingStub> missingStub(List<NewRevision> edits) {
    return new EditBatch(store, edits, placing()).missing();
  }

  /** As {@link #missingStub}, of revisions that were made elsewhere. */
  public Optional<WriteResult.MissingStub> missingForeignStub(List<ForeignRevision> revisions) {
    return new MergeBatch(store, revisions, placing()).missing();
  }

  /** Writes revisions in the name of the node itself, as {@link #merge(List, Author)}. */
  public List<WriteResult> merge(List<ForeignRevision> revisions) {
    return merge(revisions, Author.SYSTEM);
  }

  /**
   * Writes revisions that were made elsewhere. Writing one again changes nothing.
   *
   * @param author who brings them, which is not who made them
   * @return one result a revision, in their order; never a conflict
   */
  public List<WriteResult> merge(List<ForeignRevision> revisions, Author author) {
    events.countWrites(revisions.size());
    boolean designs = revisions.stream().anyMatch(revision -> revision.id().isDesign());
    Inspection inspection = inspection(author, designs);
    List<WriteResult> results;
    try (var _ = settings.underOneScope()) {
      results = new MergeBatch(store, revisions, placing()).write(inspection);
    } finally {
      if (designs) {
        designChanged();
      }
    }
    inspection.merged(revisions, results);
    return results;
  }

  /**
   * Writes revisions of different documents that were made elsewhere, all or none: none when a
   * guard refuses one. Nobody sees some of them without the others.
   *
   * @param author who brings them, which is not who made them
   * @throws UnsupportedOperationException when the store does not do this
   */
  public TogetherResult mergeTogether(List<ForeignRevision> revisions, Author author) {
    events.countWrites(revisions.size());
    boolean designs = revisions.stream().anyMatch(revision -> revision.id().isDesign());
    Inspection inspection = inspection(author, designs);
    TogetherResult result;
    try (var _ = settings.underOneScope()) {
      result = new MergeBatch(store, revisions, placing()).writeTogether(inspection);
    } finally {
      if (designs) {
        designChanged();
      }
    }
    inspection.edited();
    return result;
  }

  /**
   * Writes the revisions that settle a conflict, all of them or none: none when other leaves live
   * than those that were seen, or when a guard refuses one of them.
   *
   * @return the first revision's result for all
   */
  public WriteResult settle(Settlement settlement, Author author) {
    events.countWrites(settlement.revisions().size());
    boolean design = settlement.id().isDesign();
    try (var _ = settings.underOneScope()) {
      return new SettlementBatch(store, settlement, placing()).write(inspection(author, design));
    } finally {
      if (design) {
        designChanged();
      }
    }
  }

  /** Why a guard would refuse a settlement; nothing is written. */
  public Optional<WriteResult.Forbidden> refusal(Settlement settlement, Author author) {
    return new SettlementBatch(store, settlement, placing())
        .refusal(inspection(author, settlement.id().isDesign()));
  }

  private static boolean anyDesign(List<NewRevision> edits) {
    for (NewRevision edit : edits) {
      if (edit.id().isDesign()) {
        return true;
      }
    }
    return false;
  }

  private Inspection inspection(Author author, boolean designs) {
    return new Inspection(this, guards.watching(this, designs), author);
  }

  /**
   * Grows whenever a design document may have changed, before whoever changed it is answered: what
   * is known of design documents since an older number may be out of date. It begins anew when the
   * node is started.
   */
  public long designVersion() {
    return settings.designVersion().get();
  }

  /** For those who change design documents in another way than by writing: purging, restoring. */
  public void designChanged() {
    settings.designVersion().incrementAndGet();
    events.tell(store.name(), DatabaseEvents.Kind.DDOC_UPDATED);
  }
}
