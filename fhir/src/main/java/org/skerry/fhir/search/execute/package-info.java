/**
 * How queries are answered.
 *
 * <p>{@code Planner} asks of each condition how many rows stand for it, and makes a {@code
 * DocumentStream} of those that can give their documents in the order of ids: rows of few keys, or
 * so few rows that they can be sorted. A {@code Conjunction} lets the streams jump over what one of
 * them lacks. Conditions that have too many rows for that are asked of the few documents that are
 * left, by their bodies. So neither memory nor time grow with what does not match.
 *
 * <p>Pages begin behind a {@code Cursor}: the id of the last resource and what it was sorted by,
 * with the position of the feed at the first page. Nothing is kept between pages. Everything here
 * belongs to one thread and one answer.
 */
@NullMarked
package org.skerry.fhir.search.execute;

import org.jspecify.annotations.NullMarked;
