/**
 * Views over HTTP: rows and reductions of what design documents define, and what an administrator
 * does with indexes.
 *
 * <p>{@link org.skerry.http.couch.view.ViewRoutes} lists the endpoints. {@code ViewQuery} is what a
 * client asks, with CouchDB's rules for what goes together; {@code OpenView} finds the view and
 * brings it up to date as far as the query wants; {@code MapAnswer} and {@code ReduceAnswer} write
 * rows as they are read, so that memory is bounded whatever the range.
 *
 * <p>Each request has a virtual thread of its own and reads an index as of one moment.
 */
@NullMarked
package org.skerry.http.couch.view;

import org.jspecify.annotations.NullMarked;
