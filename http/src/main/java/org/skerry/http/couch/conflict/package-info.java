/**
 * Conflicts in the API, beyond CouchDB's: the work-list, one conflict, settling and undoing, the
 * policy, and a database's options. {@link org.skerry.http.couch.conflict.ConflictRoutes} lists the
 * endpoints, a class each; what they ask is {@link org.skerry.conflict.Conflicts}. Members may see
 * and settle, a database's administrators change the policy and the options. {@code
 * docs/conflicts-api.md} describes all of it.
 */
@NullMarked
package org.skerry.http.couch.conflict;

import org.jspecify.annotations.NullMarked;
