package org.skerry.fhir.search;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.skerry.database.Database;
import org.skerry.fhir.search.definition.Compartments;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.fhir.search.rows.WordRows;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexes;

/** A node's search indexes: one for each database that is searched. Any thread may call. */
public final class SearchIndexes {
  private final Indexes indexes;
  private final InstantSource clock;

  /** Where what earlier versions left was removed. */
  private final Set<String> superseded = ConcurrentHashMap.newKeySet();

  /** Volatile: made by the first search, read by all. */
  private volatile @Nullable Compiled compiled;

  /** What takes time to load, and is not needed before somebody searches. */
  private record Compiled(
      Extractors extractors,
      Compartments compartments,
      IndexDefinition definition,
      IndexDefinition words) {
    static Compiled of(SearchParameters parameters) {
      Extractors extractors = new Extractors(parameters);
      return new Compiled(
          extractors,
          new Compartments(parameters),
          new ResourceRows(parameters, extractors).definition(),
          new WordRows(parameters, extractors).definition());
    }
  }

  /**
   * Search indexes among a node's indexes.
   *
   * @param clock for approximate dates alone
   */
  public SearchIndexes(Indexes indexes, InstantSource clock) {
    this.indexes = indexes;
    this.clock = clock;
  }

  /** That of a database. */
  public SearchIndex of(Database database) {
    Compiled known = compiled();
    if (superseded.add(database.store().incarnation())) {
      indexes.supersede(database, ResourceRows.KIND, known.definition().signature());
      indexes.supersede(database, WordRows.KIND, known.words().signature());
    }
    return new SearchIndex(
        database,
        new FollowingIndex(() -> indexes.open(database, known.definition())),
        new FollowingIndex(() -> indexes.open(database, known.words())),
        known.extractors(),
        known.compartments(),
        clock);
  }

  /** Whose resources are. */
  public Membership membership() {
    Compiled known = compiled();
    return new Membership(known.extractors(), known.compartments());
  }

  private Compiled compiled() {
    Compiled there = compiled;
    return there == null ? compile() : there;
  }

  private synchronized Compiled compile() {
    Compiled there = compiled;
    if (there == null) {
      there = Compiled.of(SearchParameters.r4());
      compiled = there;
    }
    return there;
  }
}
