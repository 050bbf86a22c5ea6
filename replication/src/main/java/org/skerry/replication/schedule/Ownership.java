package org.skerry.replication.schedule;

import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.StoredRevision;

/** Whose a document of a replicator database is: it may hold its owner's passwords. */
public final class Ownership {
  static final String OWNER = "owner";

  private static final Fields LEAVES = new Fields(false, Fields.Bodies.LEAVES);

  private Ownership() {}

  /**
   * Whether a document, as far as it is not deleted, is somebody else's: one leaf is enough,
   * because whoever sees one sees the others.
   */
  public static boolean isOfOthers(Database database, DocId id, Optional<String> user) {
    boolean[] others = new boolean[1];
    database
        .store()
        .load(
            List.of(id),
            LEAVES,
            document -> {
              others[0] |=
                  document.revisions().stream()
                      .filter(leaf -> !leaf.deleted())
                      .anyMatch(leaf -> !isOf(user, leaf));
              return true;
            });
    return others[0];
  }

  private static boolean isOf(Optional<String> user, StoredRevision leaf) {
    Optional<String> owner =
        ReplicatorDocument.text(ReplicatorDocument.tree(leaf.body().json()), OWNER);
    return user.isPresent() && owner.equals(user);
  }
}
