package org.skerry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.changes.ChangesFeed;
import org.skerry.document.AttachmentRef;
import org.skerry.document.RevisionHash;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;

/**
 * One database: the only way in for revisions. Any thread may call; a call returns when what it
 * wrote is durable.
 *
 * <p>Two ways of writing, and no flag between them: {@link #update} names new revisions and refuses
 * those that do not follow a leaf; {@link #merge} takes revisions that have their names, as
 * replication does.
 */
public final class Database {
  private static final String SECURITY = "security";

  private final DocumentStore store;
  private final ChangesFeed changes;
  private volatile Security security;

  Database(DocumentStore store) {
    this.store = store;
    this.changes = new ChangesFeed(store);
    this.security = store.properties().get(SECURITY).map(Security::parse).orElse(Security.DEFAULT);
  }

  public String name() {
    return store.name();
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
    return security;
  }

  /** Replaces the rules; durable on return. */
  public synchronized void security(Security rules) {
    store.properties().put(SECURITY, rules.json());
    security = rules;
  }

  /** Writes one edit, as {@link #update(List)}. */
  public WriteResult update(NewRevision edit) {
    return update(List.of(edit)).getFirst();
  }

  /**
   * Writes edits. One without a parent creates its document, or follows the winning tombstone of a
   * deleted one: a document that comes back continues its history, so that no replica keeps it
   * deleted.
   *
   * @return one result an edit, in their order
   */
  public List<WriteResult> update(List<NewRevision> edits) {
    StubResolver stubs = StubResolver.ofEdits(store, edits);
    WriteResult[] results = new WriteResult[edits.size()];
    List<Pending> pending = new ArrayList<>(edits.size());
    for (int i = 0; i < results.length; i++) {
      NewRevision edit = edits.get(i);
      switch (stubs.resolve(edit)) {
        case StubResolver.Missing missing ->
            results[i] = new WriteResult.MissingStub(missing.attachment());
        case StubResolver.Resolved resolved ->
            pending.add(new Pending(i, edit, edit.parent(), resolved.attachments()));
      }
    }
    while (!pending.isEmpty()) {
      pending = commit(pending, results);
    }
    return List.of(results);
  }

  /**
   * Commits, notes the results, and returns the edits to try again on the tombstone that they met.
   */
  private List<Pending> commit(List<Pending> pending, WriteResult[] results) {
    List<RevisionWrite> batch = new ArrayList<>(pending.size());
    for (Pending one : pending) {
      batch.add(one.write());
    }
    List<Outcome> outcomes = store.commit(batch);
    List<Pending> again = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Pending one = pending.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Written written ->
            results[one.index] = new WriteResult.Written(batch.get(i).rev(), written.seq());
        case Outcome.Present present ->
            results[one.index] = new WriteResult.Present(batch.get(i).rev());
        case Outcome.Stale stale -> {
          if (one.edit.parent().isEmpty() && isDeleted(stale.leaves())) {
            again.add(one.onTopOf(stale.leaves().getFirst().rev()));
          } else {
            results[one.index] = new WriteResult.Conflict(stale.leaves());
          }
        }
      }
    }
    return again;
  }

  private static boolean isDeleted(List<Leaf> leaves) {
    return !leaves.isEmpty() && leaves.getFirst().deleted();
  }

  /**
   * Writes revisions that were made elsewhere. Writing one again changes nothing.
   *
   * @return one result a revision, in their order; never a conflict
   */
  public List<WriteResult> merge(List<ForeignRevision> revisions) {
    try (StubResolver stubs = StubResolver.ofForeign(store, revisions)) {
      return merge(revisions, stubs);
    }
  }

  private List<WriteResult> merge(List<ForeignRevision> revisions, StubResolver stubs) {
    WriteResult[] results = new WriteResult[revisions.size()];
    List<RevisionWrite> batch = new ArrayList<>(revisions.size());
    List<Integer> indexes = new ArrayList<>(revisions.size());
    for (int i = 0; i < results.length; i++) {
      ForeignRevision revision = revisions.get(i);
      switch (stubs.resolve(revision)) {
        case StubResolver.Missing missing ->
            results[i] = new WriteResult.MissingStub(missing.attachment());
        case StubResolver.Resolved resolved -> {
          indexes.add(i);
          batch.add(
              new RevisionWrite.Merge(
                  revision.id(),
                  revision.path(),
                  revision.deleted(),
                  revision.body(),
                  resolved.attachments()));
        }
      }
    }
    List<Outcome> outcomes = batch.isEmpty() ? List.of() : store.commit(batch);
    for (int i = 0; i < outcomes.size(); i++) {
      RevId rev = batch.get(i).rev();
      results[indexes.get(i)] =
          switch (outcomes.get(i)) {
            case Outcome.Written written -> new WriteResult.Written(rev, written.seq());
            case Outcome.Present present -> new WriteResult.Present(rev);
            case Outcome.Stale stale ->
                throw new IllegalStateException("a merge was called stale: " + stale);
          };
    }
    return List.of(results);
  }

  /**
   * An edit whose fate is open.
   *
   * @param index its place among the results
   * @param parent what it is to follow: the edit's own parent, or the tombstone that it met
   */
  private record Pending(
      int index, NewRevision edit, Optional<RevId> parent, List<AttachmentRef> attachments) {

    RevisionWrite write() {
      RevId rev = RevisionHash.next(parent, edit.deleted(), edit.body(), attachments);
      List<AttachmentRef> placed = StubResolver.placed(attachments, rev.generation());
      return new RevisionWrite.Edit(edit.id(), parent, rev, edit.deleted(), edit.body(), placed);
    }

    Pending onTopOf(RevId tombstone) {
      return new Pending(index, edit, Optional.of(tombstone), attachments);
    }
  }
}
