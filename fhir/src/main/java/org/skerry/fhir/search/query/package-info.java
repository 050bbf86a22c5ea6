/**
 * Queries as they are written in URLs, and what they ask.
 *
 * <p>{@link org.skerry.fhir.search.query.QueryReader} reads parameters into a {@link
 * org.skerry.fhir.search.query.SearchQuery}: {@link org.skerry.fhir.search.query.Condition}s, all
 * of which hold of what is found, and how to show it. What a value of each kind of parameter admits
 * is said by the classes {@code …Values}, as spans of rows; {@code TextConditions} and {@code
 * FilterConditions} say what values with a grammar of their own ask. Everything is immutable and
 * does no I/O; whatever is wrong with a query is a {@link
 * org.skerry.fhir.search.query.BadSearchException}.
 */
@NullMarked
package org.skerry.fhir.search.query;

import org.jspecify.annotations.NullMarked;
