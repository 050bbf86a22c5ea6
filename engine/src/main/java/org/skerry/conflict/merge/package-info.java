/**
 * Merging contents of one document, without I/O: what two or more sides made of a common ancestor.
 *
 * <p>{@link org.skerry.conflict.merge.Content} is what a revision says, attachments among its
 * members. {@link org.skerry.conflict.merge.Merger} goes through the members of all sides at once;
 * for each place {@link org.skerry.conflict.merge.Ways} says which {@link
 * org.skerry.conflict.merge.Way} decides there. What comes out is a {@link
 * org.skerry.conflict.merge.Merged}: a content, and a {@link org.skerry.conflict.merge.Decision}
 * about each member in which the sides differ.
 *
 * <p>A merge depends on its input and on nothing else: no clock, no chance, no order of arrival. So
 * nodes that merge the same sides in the same way have the same bytes. Without the ancestor's
 * content less is decided, and nothing differently.
 *
 * <p>All types are values. Numbers and texts are kept as they were written.
 */
@NullMarked
package org.skerry.conflict.merge;

import org.jspecify.annotations.NullMarked;
