/**
 * Mango in CouchDB's API: {@code _find}, {@code _explain} and {@code _index}. {@link
 * org.skerry.http.couch.mango.MangoRoutes} lists the endpoints, a class each; what they ask is
 * {@link org.skerry.mango.Mango}. Members may ask and list; who creates and deletes indexes writes
 * design documents, and must administer the database.
 */
@NullMarked
package org.skerry.http.couch.mango;

import org.jspecify.annotations.NullMarked;
