package org.skerry.store;

import java.util.List;
import java.util.UUID;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * What was purged from one database, numbered from 1 in the order in which it was.
 *
 * <p>A feed cannot tell of a document that is not there any more. Whoever derives something from
 * the documents keeps the number of the last purge it knows beside its {@link Seq}, and follows in
 * this order:
 *
 * <ol>
 *   <li>the {@link #last} number is asked for; when {@link #remembered} is beyond the number that
 *       was kept, purges were forgotten, and everything is derived anew;
 *   <li>the purges behind the kept number are read, and everything derived from their documents is
 *       removed: what is left of a document stands in the feed again, at a new position;
 *   <li>the changes are read as always, and both positions are kept.
 * </ol>
 *
 * <p>Each purge moves {@link DocumentStore#now} and wakes those who wait, so a follower that is at
 * the feed's end has seen all purges, too.
 *
 * <p>Any thread; durable on return.
 */
public interface PurgeLog {
  /** The limit of a new database, as CouchDB's. */
  int DEFAULT_LIMIT = 1_000;

  /**
   * One purge of one document.
   *
   * @param seq its number
   * @param uuid its name, unlike that of every other
   * @param revs what was asked for, whether it was there or not
   */
  record Purge(long seq, UUID uuid, DocId id, List<RevId> revs) {
    public Purge {
      revs = List.copyOf(revs);
    }
  }

  /** The newest purge's number; 0 when there was none. */
  long last();

  /** Every purge with a higher number is remembered; 0 while none was forgotten. */
  long remembered();

  /** The remembered purges behind a number, in their order, at most so many. */
  List<Purge> read(long since, int limit);

  /** How many purges compaction lets stand, from 1. */
  int limit();

  /** Changes the limit; the next compaction forgets what is beyond it. */
  void limit(int limit);

  /** Refuses what is no limit. */
  static int checkedLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least the last purge is remembered: " + limit);
    }
    return limit;
  }
}
