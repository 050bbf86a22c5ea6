package org.skerry.search;

import java.util.OptionalDouble;

/**
 * A range of numbers whose hits are counted under a label.
 *
 * @param min open when absent
 * @param max open when absent
 */
public record FacetRange(
    String label,
    OptionalDouble min,
    boolean minInclusive,
    OptionalDouble max,
    boolean maxInclusive) {}
