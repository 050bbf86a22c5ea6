package org.skerry.conflict;

import java.util.List;
import java.util.Optional;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.revision.RevId;

/**
 * What a conflict comes to.
 *
 * @param by the rule that says so; nothing for the plain merge, which settles nothing by itself
 * @param method as the API names it
 * @param ancestor the newest common ancestor of the live leaves
 * @param ancestorContent nothing when it is not here
 * @param content what the document would say; where something is open, with the winner's value
 * @param decisions about every member in which the leaves differ; sides are the live leaves
 * @param open places about which a person must decide; the empty one is the document
 * @param reason why a person is needed; empty when none is
 */
public record Proposal(
    Optional<By.Rule> by,
    String method,
    Optional<RevId> ancestor,
    Optional<Content> ancestorContent,
    Content content,
    List<Decision> decisions,
    List<String> open,
    String reason) {
  public Proposal {
    decisions = List.copyOf(decisions);
    open = List.copyOf(open);
  }

  /** Whether it settles the conflict without a person. */
  public boolean isComplete() {
    return open.isEmpty();
  }
}
