package org.skerry.mango;

import java.util.List;
import org.skerry.database.Database;
import org.skerry.index.Indexes;

/** Mango queries of a node's databases. Any thread may call. */
public final class Mango {
  private final IndexCatalog catalog = new IndexCatalog();
  private final IndexRows rows;

  /** Queries that are answered from a node's indexes. */
  public Mango(Indexes indexes) {
    this(new StoredRows(indexes));
  }

  Mango(IndexRows rows) {
    this.rows = rows;
  }

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
    return Planner.plan(request, indexes(database));
  }

  /**
   * Plans a query that is to be explained.
   *
   * @throws MangoException when the client does not allow what could answer it
   */
  public Plan explain(Database database, FindRequest request) {
    return Planner.explain(request, indexes(database));
  }

  /**
   * Begins to carry out what {@link #plan} planned: brings the index up to date.
   *
   * @throws org.skerry.store.StoreException when it cannot be built
   */
  public Search search(Database database, Plan plan) {
    return Search.begin(plan, database, rows);
  }
}
