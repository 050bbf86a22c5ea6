package org.skerry.database;

/**
 * Guards what is written by the node itself and read by others: what it knows, and what it did.
 *
 * @param reason what everybody else is told
 */
public record OnlyTheNode(String reason) implements WriteGuard {
  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    return author.isNode() ? Verdict.PASS : Verdict.forbidden(reason);
  }
}
