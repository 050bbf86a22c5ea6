package org.skerry.store.subset;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Registration;
import org.skerry.store.Seq;
import org.skerry.store.Totals;

/**
 * The parts of one database that its sites get. Any thread may call.
 *
 * <p>Each site has a feed, under a number. Promises of every engine:
 *
 * <ol>
 *   <li>A site's feed is written with the document itself: after a crash both are there or neither.
 *   <li>It never skips, and a document stands in it once: at its last change, at the moment when it
 *       entered the subset, or at the moment when it left.
 *   <li>Reading it costs what it holds, not what the database holds.
 *   <li>Who is meant by a label may change at any time. Documents that are concerned follow in
 *       {@linkplain #step steps}, each entering or leaving at a new position of the feed.
 * </ol>
 */
public interface Subsets {
  /** Whether this database keeps subsets. One that never did pays nothing for them. */
  boolean kept();

  /** Begins to keep subsets; durable on return. Documents that are here have no labels yet. */
  void keep();

  /** The feed of a site; a new one when it has none. Durable on return. */
  int feed(String site);

  /** The feeds of sites, new ones for those that have none. Durable on return. */
  Map<String, Integer> feeds(Collection<String> sites);

  /** The feed of a site that has one. */
  OptionalInt find(String site);

  /** Says who is meant by labels; durable on return, followed by {@link #step}s. */
  void audiences(Map<Label, Audience> meant);

  /** Who is meant by a label of a place. */
  Audience audience(Label label);

  /**
   * Gives leaves that are here new placements, since the rules changed; durable on return. A
   * document may have been written since whoever calls looked at it. What is written meanwhile is
   * placed already, but for tombstones, which inherit what is about to change.
   *
   * @return documents with tombstones that are not named: to be looked at, and placed, once more
   */
  List<DocId> place(List<Placed> documents);

  /**
   * @param leaves placements by leaf; leaves that are not named keep theirs
   */
  record Placed(DocId id, Map<RevId, Placement> leaves) {}

  /**
   * Gives a document, and with it those that go where it goes, to a site whatever the labels say;
   * or takes that back. Durable on return, followed by {@link #step}s.
   *
   * @return whether there is such a document; where it is taken back, whether the site was given it
   */
  boolean grant(int feed, DocId id, boolean granted);

  /** Visits the documents that were granted to a site, behind an id, by id. */
  void granted(int feed, Optional<DocId> behind, Predicate<DocId> visitor);

  /**
   * Lets documents follow what changed of their labels; durable on return.
   *
   * @param limit at most so many documents
   * @return whether there is more to do
   */
  boolean step(int limit);

  /** Whether there is something to do for {@link #step}. */
  boolean unsettled();

  /**
   * Whether something was begun since {@link #unsettled} last found nothing to do. Asks nothing of
   * the store: for whoever is told of each write.
   */
  boolean hasBegun();

  /** How documents stand to a feed, in their order. */
  List<Standing> look(int feed, List<DocId> ids);

  /** How the commits so far would let a site see a revision of that placement. */
  boolean reaches(int feed, Placement placement);

  /**
   * Visits rows of a site's feed and of everyone's, merged. A row may have been overtaken: then the
   * document stands behind it once more.
   *
   * @return as {@link org.skerry.store.DocumentStore#changes}
   */
  Seq changes(int feed, ChangeRange range, Predicate<SubsetRow> visitor);

  /** Visits rows before a position as {@link #changes} does, newest first. */
  void backwards(int feed, long before, Predicate<SubsetRow> visitor);

  /** Visits the ids of a subset's documents, tombstones included, until the visitor has enough. */
  void members(int feed, DocRange range, Predicate<DocId> visitor);

  /**
   * The position behind everything in the subset's feed. It falls back when what stood there last
   * is purged; what comes next stands behind everything that ever was.
   */
  Seq now(int feed);

  /**
   * How many rows stand behind the position: exact up to 10,000, then at least that. A document
   * that everyone had to give back, and that the site has anew, counts twice.
   */
  long pending(int feed, Seq since);

  /** Counts the subset's documents, at the cost of the subset. */
  Totals totals(int feed);

  /** As {@link org.skerry.store.DocumentStore#onAdvance}, for one subset. */
  Registration onAdvance(int feed, Runnable wake);
}
