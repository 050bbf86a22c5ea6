package org.skerry.database;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;

/**
 * Keeps what was written in databases that say so: accountants do not use erasers. Nobody changes
 * or deletes a document here, and no replication brings a revision that follows a leaf of this
 * database. What was made beside a leaf may come, since both versions stay: a conflict is seen, and
 * nothing is lost. Design documents are free.
 */
final class AppendOnly implements WriteGuard {
  private static final String REASON =
      "append_only: documents of this database are not changed or deleted;"
          + " write a new document instead";

  @Override
  public boolean watches(Database database) {
    return database.options().appendOnly();
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    boolean first =
        revision.origin() == ProposedRevision.Origin.EDIT
            ? revision.path().isEmpty() && !revision.deleted()
            : !followsLiveLeaf(database, revision);
    return revision.id().isDesign() || first ? Verdict.PASS : Verdict.forbidden(REASON);
  }

  private static boolean followsLiveLeaf(Database database, ProposedRevision revision) {
    List<RevId> path = revision.path().map(RevPath::revisions).orElse(List.of());
    boolean[] follows = {false};
    database
        .store()
        .load(
            List.of(revision.id()),
            Fields.LEAVES,
            document -> {
              Set<RevId> live =
                  document.leaves().stream()
                      .filter(leaf -> !leaf.deleted())
                      .map(Leaf::rev)
                      .collect(Collectors.toSet());
              follows[0] = path.stream().anyMatch(live::contains);
              return true;
            });
    return follows[0];
  }
}
