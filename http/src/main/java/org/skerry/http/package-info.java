/**
 * The HTTP kernel: routing, authentication, limits, errors and streaming, once for all APIs.
 *
 * <p>An API is a set of {@link org.skerry.http.Endpoint}s under patterns in a {@link org.skerry.http.Router}. An
 * endpoint sees an {@link org.skerry.http.Exchange} and nothing of the HTTP library behind it; it answers once,
 * or throws {@link org.skerry.http.HttpProblem}, which one place turns into CouchDB's error body.
 *
 * <p>Every exchange runs on a virtual thread of its own and may block: on the store, on its client, or for hours
 * on a feed.
 */
@NullMarked
package org.skerry.http;

import org.jspecify.annotations.NullMarked;
