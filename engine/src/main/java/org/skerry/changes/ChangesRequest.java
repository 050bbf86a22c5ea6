package org.skerry.changes;

import java.util.Optional;
import org.skerry.store.Fields;
import org.skerry.store.Fields.Bodies;
import org.skerry.store.Seq;

/**
 * What a reader wants of a feed.
 *
 * @param filter which changes
 * @param style which of their revisions
 * @param limit at most so many rows; 0 for none
 * @param descending newest first, from the feed's end down to the position asked for. CouchDB
 *     ignores that position and goes down to the start: its API passes {@code Seq.ZERO}
 * @param before newest first: goes on in front of this position, where another reading stopped
 * @param fields what the rows need; content that only the filter needs is not asked for here
 */
public record ChangesRequest(
    ChangeFilter filter,
    Style style,
    int limit,
    boolean descending,
    Optional<Seq> before,
    Fields fields) {
  /** Every change, oldest first, one revision each. */
  public static final ChangesRequest ALL =
      new ChangesRequest(
          ChangeFilter.EVERYTHING,
          Style.MAIN_ONLY,
          Integer.MAX_VALUE,
          false,
          Optional.empty(),
          Fields.LEAVES);

  /** Which revisions a row shows. */
  public enum Style {
    /** The winner. */
    MAIN_ONLY,
    /** Every leaf, tombstones included, as replicators ask for. */
    ALL_DOCS
  }

  public ChangesRequest {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + limit);
    }
  }

  public ChangesRequest withFilter(ChangeFilter other) {
    return new ChangesRequest(other, style, limit, descending, before, fields);
  }

  public ChangesRequest withStyle(Style other) {
    return new ChangesRequest(filter, other, limit, descending, before, fields);
  }

  public ChangesRequest withLimit(int other) {
    return new ChangesRequest(filter, style, other, descending, before, fields);
  }

  public ChangesRequest withDescending(boolean other) {
    return new ChangesRequest(filter, style, limit, other, before, fields);
  }

  public ChangesRequest withBefore(Optional<Seq> other) {
    return new ChangesRequest(filter, style, limit, descending, other, fields);
  }

  public ChangesRequest withFields(Fields other) {
    return new ChangesRequest(filter, style, limit, descending, before, other);
  }

  /** What the store must deliver for rows and filter together. */
  Fields fieldsRead() {
    if (!(filter instanceof ChangeFilter.ByContent)) {
      return fields;
    }
    Bodies content = style == Style.ALL_DOCS ? Bodies.LEAVES : Bodies.WINNER;
    return content.compareTo(fields.bodies()) > 0 ? new Fields(fields.tree(), content) : fields;
  }
}
