package org.skerry.conflict;

import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.ProposedRevision.Origin;
import org.skerry.database.WriteGuard;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;

/**
 * Tells whoever writes a policy here what is wrong with it. One that was written elsewhere is kept:
 * it may be meant for nodes that understand more, and settles nothing here.
 */
final class PolicyGuard implements WriteGuard {
  private static final RevId NOBODY = RevId.of(1, new byte[16]);

  private final Policies policies;

  PolicyGuard(Policies policies) {
    this.policies = policies;
  }

  @Override
  public boolean watches(Database database) {
    return false;
  }

  @Override
  public boolean watchesDesigns(Database database) {
    return true;
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    boolean ours =
        revision.id().text().equals(Policy.DOCUMENT)
            && revision.origin() == Origin.EDIT
            && !revision.deleted();
    return ours
        ? problem(revision)
            .<Verdict>map(reason -> new Verdict.Refuse("invalid_design_doc", reason))
            .orElse(Verdict.PASS)
        : Verdict.PASS;
  }

  private Optional<String> problem(ProposedRevision revision) {
    JsonNode rules = ValueReader.read(revision.body().json()).path(Policy.MEMBER).path("rules");
    if (rules.isMissingNode()) {
      return Optional.empty();
    }
    try {
      policies.read(NOBODY, rules);
      return Optional.empty();
    } catch (InvalidPolicyException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
