package org.skerry.index;

import java.util.List;
import org.skerry.collation.JsonOrder;

/**
 * What an index holds. Two definitions of one signature are the same index and share its data, so a
 * signature is a hash of everything that decides about rows and reductions.
 *
 * @param signature letters and digits
 * @param name for people: the design document's id
 * @param includeDesign whether design documents are mapped, too
 */
public record IndexDefinition(
    String signature, String name, List<View> views, boolean includeDesign, Indexer indexer) {

  /**
   * One sorted list of rows.
   *
   * @param order how its keys are ordered
   * @param reductions what is kept over any range of its rows
   */
  public record View(JsonOrder order, List<Reduction> reductions) {
    /** Rows by CouchDB's order, without reductions. */
    public static final View PLAIN = new View(JsonOrder.UNICODE, List.of());

    public View {
      reductions = List.copyOf(reductions);
    }
  }

  public IndexDefinition {
    views = List.copyOf(views);
  }
}
