package org.skerry.store;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Subsets;

/**
 * One database as an engine keeps it. Blocking and batch-first; any thread may call, virtual ones
 * do.
 *
 * <p>Promises of every engine:
 *
 * <ol>
 *   <li>What {@link #commit} answered is durable, and survives a crash of the process or the power.
 *   <li>One document's revisions are merged atomically: nobody sees half of a write, and two
 *       writers of one document are put in an order.
 *   <li>A feed never skips: whoever resumes from a {@link Seq} sees every later change at least
 *       once. A document stands in the feed once, at its last change.
 *   <li>An edit's cost follows the number of leaves, not the length of the history.
 *   <li>After the database was dropped every call throws {@link DatabaseGoneException}.
 * </ol>
 *
 * <p>All methods throw {@link StoreException} when a promise cannot be kept.
 */
public interface DocumentStore {
  /** The database's name. */
  String name();

  /**
   * Which life of this name it is: 32 hex digits, new each time the name is created, so that a
   * position of an earlier life is recognised.
   */
  String incarnation();

  /**
   * Writes revisions. Several of one document are applied in their order.
   *
   * @return one outcome a write, in their order, when all are durable
   */
  List<Outcome> commit(List<RevisionWrite> batch);

  /**
   * Writes revisions of different documents, all or none: none when one of them is stale. Nobody
   * sees some of them without the others, and no crash leaves some of them.
   *
   * @param batch a document at most once
   * @throws UnsupportedOperationException when the engine does not have {@link
   *     Capabilities#atomicBatches}
   */
  default Together commitTogether(List<RevisionWrite> batch) {
    throw new UnsupportedOperationException("this engine writes each document by itself");
  }

  /**
   * Visits documents in the order asked for; unknown ids are left out, repeated ones visited again.
   */
  void load(List<DocId> ids, Fields fields, DocumentVisitor visitor);

  /** Visits single revisions, leaves or not, in the order asked for. */
  void read(List<RevisionRef> revisions, RevisionVisitor visitor);

  /** Finds out what a replica that has these revisions could send. */
  void missing(List<RevisionQuery> queries, MissingVisitor visitor);

  /** Whether others' changes stand between this one's: then positions say nothing of how many. */
  default boolean isPart() {
    return false;
  }

  /**
   * Visits changes. May repeat what was seen before, never skips.
   *
   * @return the position up to which everything was visited; with a limit or a visitor that
   *     stopped, that of the last visit
   */
  Seq changes(ChangeRange range, Fields fields, DocumentVisitor visitor);

  /** Visits documents by id, tombstones included. */
  void scan(DocRange range, Fields fields, DocumentVisitor visitor);

  /** The position behind everything that is visible. */
  Seq now();

  /**
   * How many documents stand behind the position: exact up to 10,000, beyond that never less than
   * the truth.
   */
  long pending(Seq since);

  /**
   * Calls whenever {@link #now} may have advanced, and when the database was dropped. A hint on
   * which nothing depends; it must return at once, may come late and from any thread, and what it
   * throws is logged and harms nobody.
   */
  Registration onAdvance(Runnable wake);

  Totals totals();

  Sizes sizes();

  Properties properties();

  LocalDocuments local();

  AttachmentStore attachments();

  /** The parts of this database that its sites get. */
  Subsets subsets();

  /** How many revisions of each branch are remembered, from 1; 1,000 in a new database. */
  int revsLimit();

  /** Changes the limit; trees shrink as they are written or compacted. */
  void revsLimit(int limit);

  /**
   * Forgets leaves, with the ancestors that only they have, as if they had never been here; a
   * document without a leaf left is gone. What is left of a document stands in the feed again. It
   * is no deletion: replicas keep what they have, and may bring it back. Sites with a subset are
   * told that it left.
   *
   * @return for each request, in their order, which of its revisions were leaves and are gone; each
   *     is in the {@link #purges log} either way
   */
  List<List<RevId>> purge(List<PurgeRequest> requests);

  /** What was purged; followers of the feed read it, too. */
  PurgeLog purges();

  /**
   * Removes what nobody can ask for with right: bodies of superseded revisions, except the common
   * ancestors of open conflicts; blobs without a revision; purges beyond their limit. Works while
   * others read and write, and may be stopped and begun again at any time.
   */
  void compact(CompactionListener listener);
}
