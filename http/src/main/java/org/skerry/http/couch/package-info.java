/**
 * The CouchDB API, one class per endpoint.
 */
@NullMarked
package org.skerry.http.couch;

import org.jspecify.annotations.NullMarked;
