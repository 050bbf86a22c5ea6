/**
 * Scope rules and subsets through the API: what sites get of a database. Skerry's own; CouchDB has
 * nothing like it. Sites themselves are documents of {@code _sites}.
 *
 * <p>What a site sees needs no endpoint of its own: signed in as a site, the whole API answers for
 * the subset ({@link org.skerry.http.couch.AccessControl}).
 */
@NullMarked
package org.skerry.http.couch.subset;

import org.jspecify.annotations.NullMarked;
