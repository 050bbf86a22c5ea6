package org.skerry.replication.peer;

import java.util.List;
import java.util.Optional;
import org.skerry.fingerprint.Side;
import org.skerry.store.RevisionQuery;

/**
 * One end of a replication: a database, here or elsewhere. The methods are the steps of CouchDB's
 * replication protocol ("Replication Protocol", section "Replication Protocol Algorithm").
 *
 * <p>Blocking and batch-first. Several threads may call. All methods throw {@link PeerException}.
 */
public interface Peer extends AutoCloseable {
  /** How people and logs call it: never with credentials. */
  String name();

  /**
   * What a replication's id is made of: the same for the same database, whoever signs in with
   * whatever password.
   */
  String identity();

  /** The database's state; nothing when there is none of this name. */
  Optional<PeerInfo> info();

  /**
   * Creates the database.
   *
   * @return whether it did; false when there is one
   */
  boolean create();

  /**
   * The source of a filter function in a design document, so that a change of it is noticed.
   *
   * @return nothing when there is no such function
   */
  Optional<String> filterSource(FilterName filter);

  /**
   * Reads a checkpoint: the document {@code _local/id}.
   *
   * @return nothing when there is none, or no database
   */
  Optional<LocalRevision> checkpoint(String id);

  /**
   * Writes a checkpoint.
   *
   * @param seen the revision that the writer saw; none creates the document
   * @param json the document's members, none of which begins with an underscore
   * @return the new revision; nothing when another one stands there
   */
  Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json);

  /** Reads a page of changes, oldest first. */
  ChangesPage changes(ChangesQuery query);

  /** Begins to wait for changes behind the query's position; its limit counts for nothing. */
  LiveChanges follow(ChangesQuery query);

  /**
   * Finds out which revisions are not here ({@code _revs_diff}). Documents that miss nothing are
   * left out.
   *
   * @param queries one for each document
   */
  List<MissingRevisions> missing(List<RevisionQuery> queries);

  /**
   * Reads revisions with their history, in any order. Instead of one that was followed meanwhile
   * come the leaves that followed it ({@code latest=true}).
   *
   * @param wanted for each document, once, what the other end misses, and what it could build on
   */
  void fetch(List<MissingRevisions> wanted, FetchSink sink);

  /**
   * Writes revisions under their own names ({@code new_edits=false}); those that are here already
   * stay. None of them brings attachments' bytes.
   *
   * @return those that this peer does not want, or over which it fails ({@link
   *     Refusal#TARGET_FAILS}); all others are written, durable after {@link #ensureFullCommit}
   */
  List<Refusal> write(List<FetchedRevision> revisions);

  /**
   * Writes one revision whose attachments' bytes follow it.
   *
   * @return why this peer does not want it, or that it fails over it ({@link Refusal#TARGET_FAILS})
   */
  Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes);

  /**
   * Makes durable what was written.
   *
   * @return the peer's instance: when it is another than before, the peer was started anew
   *     meanwhile and may have lost what was not durable. Empty when the peer does not say
   */
  String ensureFullCommit();

  /**
   * This database as a site of its source. An {@link org.skerry.store.subset.Echo} in which the
   * source takes a revision back removes that revision here, and no other; one that brings it back
   * is written as that revision.
   *
   * <p>A peer of another kind stays as it is, and keeps echoes as the deletions and edits that they
   * are made to look like.
   *
   * @param site as which the source knows us
   */
  default Peer asSite(String site) {
    return this;
  }

  /** What tells in a few exchanges whether both ends hold the same; nothing where it is unknown. */
  default Optional<Side> fingerprints() {
    return Optional.empty();
  }

  /** Lets go of connections. Others that use the same database are not disturbed. */
  @Override
  void close();
}
