/**
 * What indexes cost: a reduction over ranges of growing length, whose cost must grow with the
 * logarithm alone, and an update of one document among many.
 */
@NullMarked
package org.skerry.bench.index;

import org.jspecify.annotations.NullMarked;
