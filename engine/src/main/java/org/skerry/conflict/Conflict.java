package org.skerry.conflict;

import java.util.List;
import org.skerry.conflict.merge.Content;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * One open conflict.
 *
 * @param leaves the live ones, winner first
 * @param contents theirs, in their order
 * @param held whether somebody undid a settlement of it, so that policies leave it alone
 */
public record Conflict(
    DocId id,
    String kind,
    List<RevId> leaves,
    List<Content> contents,
    boolean held,
    Proposal proposal) {
  public Conflict {
    leaves = List.copyOf(leaves);
    contents = List.copyOf(contents);
  }
}
