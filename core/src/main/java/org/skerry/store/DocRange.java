package org.skerry.store;

import java.util.Optional;

/**
 * A range of ids in the order of their UTF-8 bytes.
 *
 * <p>The bounds are texts and not ids, because clients ask from {@code "_"} to {@code "\ufff0"}.
 *
 * @param from the first id, included; none is the lowest
 * @param to the last id; none is the highest
 * @param includeTo whether {@code to} belongs to the range
 * @param descending whether the visit runs from {@code to} down to {@code from}
 */
public record DocRange(
    Optional<String> from, Optional<String> to, boolean includeTo, boolean descending) {
  /** Every document, in ascending order. */
  public static final DocRange ALL = new DocRange(Optional.empty(), Optional.empty(), true, false);
}
