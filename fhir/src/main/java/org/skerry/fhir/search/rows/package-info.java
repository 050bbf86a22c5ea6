/**
 * The rows of a database's search index, on the engine's indexes.
 *
 * <pre>
 *   [number of the parameter, elements of a term …] → document
 * </pre>
 *
 * <p>All parameters of all types are one view in raw order, so that a {@link
 * org.skerry.fhir.search.rows.Span} of a parameter's terms is a range of it: how many rows it has
 * costs the tree's height, and the rows of one key come in the order of their documents' ids.
 * {@link org.skerry.fhir.search.rows.ResourceRows} makes the rows; {@link
 * org.skerry.fhir.search.rows.WordRows} those of {@code _text} and {@code _content}, a second index
 * of the same shape, which is there from the first search for words on; {@link
 * org.skerry.fhir.search.rows.RowReading} reads both.
 */
@NullMarked
package org.skerry.fhir.search.rows;

import org.jspecify.annotations.NullMarked;
