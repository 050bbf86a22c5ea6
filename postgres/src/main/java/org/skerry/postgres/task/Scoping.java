package org.skerry.postgres.task;

import org.skerry.database.Database;
import org.skerry.scope.ScopeRules;

/** Sets a database's scope rules, and has what is there already follow them. */
@FunctionalInterface
public interface Scoping {
  /** Replaces the rules. */
  void set(Database database, ScopeRules rules);
}
