package org.skerry.conflict;

import org.skerry.database.Database;

/**
 * Hears of settlements, of people and of policies, made here or elsewhere, when this node first
 * sees them; of one it may hear again after a crash, or when the list is made anew. Called by the
 * thread that follows the database.
 */
@FunctionalInterface
public interface SettlementListener {
  /** One settlement. What this throws is logged, and the settlement is not told again. */
  void settled(Database database, SettlementRow settlement);
}
