/**
 * Full-text search under CouchDB's names: {@code _nouveau}, {@code _nouveau_info}, {@code
 * _nouveau_analyze}, {@code _nouveau_cleanup}, for a node that has {@link
 * org.skerry.search.FullText}; without it these routes are not there.
 *
 * <p>{@link org.skerry.http.couch.nouveau.NouveauRoutes} lists them, a class each. {@code
 * SearchParameters} reads what a client asks, {@code SearchAnswer} streams what was found. Names,
 * forms and reasons are CouchDB 3.5's ({@code nouveau_httpd}).
 */
@NullMarked
package org.skerry.http.couch.nouveau;

import org.jspecify.annotations.NullMarked;
