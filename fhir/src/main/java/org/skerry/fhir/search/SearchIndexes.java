package org.skerry.fhir.search;

import java.time.InstantSource;
import org.skerry.database.Database;
import org.skerry.fhir.search.definition.Compartments;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexes;

/** A node's search indexes: one for each database that is searched. Any thread may call. */
public final class SearchIndexes {
  private final Indexes indexes;
  private final InstantSource clock;
  private final SearchParameters parameters = SearchParameters.r4();
  private final Extractors extractors = new Extractors(parameters);
  private final Compartments compartments = new Compartments(parameters);
  private final IndexDefinition definition = new ResourceRows(parameters, extractors).definition();

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
    return new SearchIndex(
        database,
        () -> indexes.open(database, definition),
        parameters,
        extractors,
        compartments,
        clock);
  }

  /** R4's search parameters. */
  public SearchParameters parameters() {
    return parameters;
  }
}
