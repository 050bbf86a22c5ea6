package org.skerry.fulltext;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import org.apache.lucene.store.AlreadyClosedException;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.search.FullText;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.search.IndexState;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.search.SearchUnavailableException;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Seq;
import org.skerry.store.subset.SubsetDocuments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Full text by Lucene, over indexes in a folder of their own. Any thread may call. */
public final class LuceneFullText implements FullText {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneFullText.class);

  /** An index that fails is made anew and asked once more. */
  private static final int TRIES = 3;

  private final Databases databases;
  private final Folders folders;
  private final Crew crew;
  private final Shelf shelf;

  /** Whether what dropped databases left was looked for. */
  private boolean swept;

  /**
   * Full text over a node's databases. Nothing is opened, and no thread started, before somebody
   * asks.
   *
   * @param folder where indexes are kept; made when there is none
   * @param threads makes the threads on which functions run and indexes are written; nobody else
   *     may interrupt them
   */
  public LuceneFullText(
      Databases databases,
      Path folder,
      IndexFunctions functions,
      FullTextSettings settings,
      ThreadFactory threads) {
    this.databases = databases;
    this.folders = new Folders(folder);
    this.crew = new Crew(settings.cores(), threads);
    this.shelf = new Shelf(folders, functions, crew, settings);
    databases.onDrop((name, incarnation) -> forgetAll(incarnation));
  }

  @Override
  public SearchResults search(
      Database database, IndexPlace place, IndexDefinition definition, SearchRequest request)
      throws InterruptedException {
    Analyzers.check(definition);
    IndexKey key = IndexKey.of(database, definition);
    if (!request.update() && !folders.exists(key)) {
      return new NothingFound(request);
    }
    sweepOnce();
    IndexSlot slot = borrow(key);
    boolean answered = false;
    try {
      LuceneResults results = search(database, place, definition, slot, request);
      answered = true;
      return results;
    } catch (IOException | AlreadyClosedException e) {
      LOG.warn("a full-text index of {} cannot be used: {}", database.name(), e.toString(), e);
      throw new SearchUnavailableException(
          "The search index cannot be used now: " + e.getMessage(), e);
    } catch (StoppedException | RunawayFunctionException e) {
      throw new SearchUnavailableException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseGoneException e) {
      // Whoever dropped it may have deleted its indexes before this one was opened.
      forget(key.incarnation());
      throw e;
    } finally {
      if (!answered) {
        shelf.giveBack(slot);
      }
    }
  }

  private LuceneResults search(
      Database database,
      IndexPlace place,
      IndexDefinition definition,
      IndexSlot slot,
      SearchRequest request)
      throws IOException, InterruptedException {
    Seq target = database.store().now();
    for (int tries = 1; ; tries++) {
      try {
        folders.prepare(database);
        long start = System.nanoTime();
        if (request.update()) {
          shelf.catchUp(database, place, definition, slot, target);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        OpenIndex index = slot.open(definition);
        Seq shown = index.shown().seq();
        // Throws when the database was dropped meanwhile.
        CatchUp.checkNotAhead(shown, database.store().now());
        return LuceneResults.search(index, request, millis, () -> shelf.giveBack(slot));
      } catch (IOException | AlreadyClosedException e) {
        // Throws when the database was dropped: its indexes' files went with it.
        database.store().now();
        if (tries == TRIES || e instanceof IOException && !Faults.isLoss(e)) {
          throw e;
        }
        shelf.abandon(slot, e);
      }
    }
  }

  private IndexSlot borrow(IndexKey key) {
    try {
      return shelf.borrow(key);
    } catch (StoppedException e) {
      throw new SearchUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public IndexState state(Database database, IndexDefinition definition) {
    Analyzers.check(definition);
    IndexKey key = IndexKey.of(database, definition);
    if (!folders.exists(key)) {
      return IndexState.NONE;
    }
    IndexSlot slot = borrow(key);
    try {
      OpenIndex index = slot.open(definition);
      Standing standing = index.shown();
      return new IndexState(
          index.documents(), index.bytes(), standing.seq().number(), standing.purges());
    } catch (IOException | AlreadyClosedException e) {
      // Throws when the database was dropped: its indexes' files went with it.
      database.store().now();
      throw new SearchUnavailableException(
          "The search index cannot be used now: " + e.getMessage(), e);
    } finally {
      shelf.giveBack(slot);
    }
  }

  @Override
  public List<String> analyze(String analyzer, String text) {
    return Analyzers.tokens(analyzer, text);
  }

  @Override
  public void cleanUp(Database database, Set<String> signatures) {
    String incarnation = database.store().incarnation();
    Set<String> known = new TreeSet<>();
    try {
      known.addAll(folders.signatures(incarnation));
    } catch (IOException e) {
      throw new SearchUnavailableException("The search indexes cannot be listed.", e);
    }
    shelf.keys(incarnation).forEach(key -> known.add(key.signature()));
    known.removeAll(signatures);
    for (String signature : known) {
      shelf.discard(new IndexKey(incarnation, signature));
    }
  }

  @Override
  public List<IndexBuild> building() {
    return shelf.building().stream().map(Build::now).toList();
  }

  @Override
  public boolean cancel(long number) {
    Optional<Build> found =
        shelf.building().stream().filter(build -> build.number() == number).findFirst();
    found.ifPresent(build -> build.cancelled().set(true));
    return found.isPresent();
  }

  /** What a database's incarnation and those of its subsets have in common. */
  private static String life(String incarnation) {
    return incarnation.substring(0, Math.min(incarnation.length(), SubsetDocuments.SHARED_DIGITS));
  }

  /** Deletes all that a dropped database and its subsets left. */
  private void forgetAll(String dropped) {
    forget(dropped);
    try {
      folders.incarnations().stream()
          .filter(incarnation -> life(incarnation).equals(life(dropped)))
          .forEach(this::forget);
    } catch (IOException e) {
      LOG.warn("what a dropped database's subsets left is not found: {}", e.toString());
    }
  }

  /** Deletes all that a database left. */
  private void forget(String incarnation) {
    shelf.keys(incarnation).forEach(key -> shelf.discard(key));
    try {
      folders.delete(incarnation);
    } catch (IOException e) {
      LOG.warn("what a dropped database left is not deleted: {}", e.toString());
    }
  }

  /**
   * A crash between the end of a database and that of its indexes leaves them: now they go. They
   * are told apart before the first index is made, so that no folder is taken for one of them that
   * is only just being made.
   */
  private synchronized void sweepOnce() {
    if (swept) {
      return;
    }
    swept = true;
    try {
      List<String> orphans = folders.incarnations().stream().filter(this::isOrphan).toList();
      if (!orphans.isEmpty()) {
        LOG.info("deleting the full-text indexes of {} databases that are gone", orphans.size());
        crew.beginShort(() -> orphans.forEach(this::forget));
      }
    } catch (IOException e) {
      LOG.warn("what dropped databases left was not found: {}", e.toString());
    }
  }

  private boolean isOrphan(String incarnation) {
    try {
      return folders
          .databaseName(incarnation)
          .flatMap(databases::find)
          .filter(database -> life(database.store().incarnation()).equals(life(incarnation)))
          .isEmpty();
    } catch (DatabaseGoneException | InvalidDatabaseNameException e) {
      return true;
    }
  }

  /** Waits until every index was closed for want of questions; for tests. */
  void awaitAllClosed() throws InterruptedException {
    shelf.awaitEmpty();
  }

  /** What catches up stops, commits what it has, and goes on after the next start. */
  @Override
  public void close() {
    shelf.stop();
    crew.close();
    shelf.closeAll();
  }
}
