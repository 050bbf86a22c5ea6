/**
 * CouchDB's views: what a design document's {@code views} mean as an index.
 *
 * <p>{@link org.skerry.view.ViewGroup} reads a design document: views whose {@code map} is the same
 * become one list of rows with several reductions, and the whole is an {@link
 * org.skerry.index.IndexDefinition} whose signature is a hash of all that decides about its rows.
 * The functions are scripts of {@code org.skerry.script}; reductions whose names begin with an
 * underscore are classes of this package ({@code BuiltIn} lists them).
 *
 * <p>Built-in reductions calculate with exact decimals: a sum does not depend on how the tree was
 * cut, and is the same after a rebuild.
 */
@NullMarked
package org.skerry.view;

import org.jspecify.annotations.NullMarked;
