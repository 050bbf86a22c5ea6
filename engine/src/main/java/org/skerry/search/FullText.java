package org.skerry.search;

import java.util.List;
import java.util.Set;
import org.skerry.database.Database;

/** Full-text indexes of a node's databases. Any thread may call. */
public interface FullText extends AutoCloseable {
  /**
   * Asks an index. Unless the request takes an old state, all that was acknowledged before this
   * call is found.
   *
   * @param place the index's design document and name, for those who watch its building
   * @return results that must be closed
   * @throws BadSearchException when the request is not understood, or asks for too much
   * @throws SearchUnavailableException when the index cannot be had now; the text says why
   * @throws SearchBuildCancelledException when somebody cancelled what was waited for
   * @throws InterruptedException when the thread was interrupted while the index caught up
   */
  SearchResults search(
      Database database, IndexPlace place, IndexDefinition definition, SearchRequest request)
      throws InterruptedException;

  /** What is known of an index, without making or updating it. */
  IndexState state(Database database, IndexDefinition definition);

  /**
   * The tokens that an analyzer makes of a text.
   *
   * @throws BadSearchException when there is no analyzer of that name
   */
  List<String> analyze(String analyzer, String text);

  /**
   * Deletes the indexes of a database that no definition stands for.
   *
   * @param signatures of those that stay
   */
  void cleanUp(Database database, Set<String> signatures);

  /** The indexes that are being brought up to date at the moment. */
  List<IndexBuild> building();

  /**
   * Has a build stop soon, at a point from which the next one goes on. Whoever waits for it meets a
   * {@link SearchBuildCancelledException}.
   *
   * @return whether it was running
   */
  boolean cancel(long number);

  @Override
  void close();
}
