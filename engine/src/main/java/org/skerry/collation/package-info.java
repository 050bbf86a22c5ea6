/**
 * JSON values in the order that CouchDB gives them: what selectors compare with and what views sort
 * by.
 *
 * <p>{@link org.skerry.collation.JsonOrder} is the order itself, in CouchDB's two kinds: by the
 * Unicode collation algorithm ({@link org.skerry.collation.CollatedText}), or raw. Values are
 * Jackson's trees; {@link org.skerry.collation.ValueReader} makes them from a parser without losing
 * digits, and without letting a number of a million digits or a monstrous exponent cost more than a
 * small one ({@link org.skerry.collation.ExactNumbers}).
 *
 * <p>{@link org.skerry.collation.ValueWriter} writes them as JSON again. {@link
 * org.skerry.collation.CollatedKeys} writes values as bytes that are in the same order, for whoever
 * keeps them sorted; one thread each. Everything else is stateless and may be used by any number of
 * threads.
 */
@NullMarked
package org.skerry.collation;

import org.jspecify.annotations.NullMarked;
