package org.skerry.mango;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Database;

/** Mango queries of a node's databases. Any thread may call. */
public final class Mango {
  /** The indexes that are read; JSON indexes are kept for the nodes that do. */
  private static final List<MangoIndex> SERVING = List.of(new MangoIndex.AllDocs());

  private final IndexCatalog catalog = new IndexCatalog();

  /** All indexes of a database, the special one first. */
  public List<MangoIndex> indexes(Database database) {
    return catalog.list(database);
  }

  /**
   * Plans a query that is to be answered.
   *
   * @throws MangoException when nothing can answer it
   */
  public Plan plan(Database database, FindRequest request) {
    return Planner.plan(request, SERVING);
  }

  /**
   * Plans a query that is to be explained.
   *
   * @throws MangoException when the client does not allow what could answer it
   */
  public Plan explain(Database database, FindRequest request) {
    return Planner.explain(request, SERVING);
  }

  /** Carries out what {@link #plan} planned. */
  public Search.Result run(Database database, Plan plan, FoundSink sink) throws IOException {
    return Search.run(plan, database.store(), sink);
  }
}
