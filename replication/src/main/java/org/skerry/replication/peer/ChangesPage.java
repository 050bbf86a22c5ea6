package org.skerry.replication.peer;

import java.util.List;

/**
 * Changes, oldest first.
 *
 * @param lastSeq everything up to here was looked at, in the peer's words
 * @param pending how many changes stand behind, as far as the peer knows; -1 when it does not say
 * @param last whether the feed's end was reached
 */
public record ChangesPage(List<ChangeRow> rows, String lastSeq, long pending, boolean last) {
  public ChangesPage {
    rows = List.copyOf(rows);
  }
}
