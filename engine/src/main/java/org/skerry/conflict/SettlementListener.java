package org.skerry.conflict;

import org.skerry.database.Database;
import org.skerry.document.DocId;

/**
 * Hears of settlements, of people and of policies, made here or elsewhere, when this node first
 * sees them; of one it may hear again after a crash, or when the list is made anew. Called by the
 * thread that follows the database.
 */
@FunctionalInterface
public interface SettlementListener {
  /** One settlement. What this throws is logged, and the settlement is not told again. */
  void settled(Database database, SettlementRow settlement);

  /** A settlement of that document was undone. Under the same terms. */
  default void undone(Database database, DocId id, Mark.Undone undoing) {
    // Whoever keeps no record of settlements keeps none of their ends.
  }
}
