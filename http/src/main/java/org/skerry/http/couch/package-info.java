/**
 * CouchDB's HTTP API, one class per endpoint: the node, databases as a whole, listings, bulk
 * writes, the feed of changes and settings. Single documents and their attachments stand in the
 * package {@code document} below.
 *
 * <p>{@link org.skerry.http.couch.CouchApi} is where to begin: it gathers the routes. {@code
 * ServerRoutes} and {@code DatabaseRoutes} say which endpoint answers what, and which right that
 * needs; {@link org.skerry.http.couch.AccessControl} grants it, before an endpoint sees the
 * request. Endpoints ask the engine, and know nothing of each other. What the engine refuses
 * becomes CouchDB's {@code error} and {@code reason} in {@link org.skerry.http.couch.CouchProblems}
 * alone.
 *
 * <p>Long answers ({@code StoredListing}, {@code ChangesSession}) are read in pages and written
 * between them through {@code RowOut}, so that memory is bounded and no snapshot of the store waits
 * for a slow client.
 *
 * <p>Threads: an endpoint is shared by all requests and keeps no state; each request has a virtual
 * thread of its own, which a live feed keeps as long as its client listens. Compactions run on
 * threads of {@code Compactions}.
 */
@NullMarked
package org.skerry.http.couch;

import org.jspecify.annotations.NullMarked;
