package org.skerry.replication.peer;

import java.util.List;

/**
 * One document that changed. Ids and revisions are texts: what another program says may be none,
 * and that is the document's problem and not the feed's.
 *
 * @param seq the position of the change, in the peer's words
 * @param revs the leaves, tombstones included; or the winner alone
 */
public record ChangeRow(String id, String seq, List<String> revs) {
  public ChangeRow {
    revs = List.copyOf(revs);
  }
}
