/**
 * The HTTP kernel: routing, authentication, limits, errors and streaming, once for all APIs.
 *
 * <p>An API is a set of {@link org.skerry.http.Endpoint}s under patterns in a {@link
 * org.skerry.http.Router}. An endpoint sees an {@link org.skerry.http.Exchange} and nothing of the
 * HTTP library behind it; it answers once, or throws {@link org.skerry.http.HttpProblem}, which one
 * place turns into CouchDB's error body.
 *
 * <p>{@link org.skerry.http.HttpServer} listens as {@link org.skerry.http.HttpSettings} say. What
 * happens to each request, step by step, stands at {@code Kernel}. An {@link
 * org.skerry.http.Authenticator} finds out who asks; those that there are stand in the package
 * {@code access} below. What may change while the server runs is asked of an {@link
 * org.skerry.http.HttpPolicy}. An endpoint asks its own node by {@link
 * org.skerry.http.InnerRequests}, as the user who asked it.
 *
 * <p>Every exchange runs on a virtual thread of its own and may block: on the store, on its client,
 * or for hours on a feed. What waits so should hold little: there may be thousands. Which
 * connections are closed when there are too many stands at {@code Unclaimed}.
 *
 * <p>What holds here: nobody who did not sign in sees more than that a node is here; a body that
 * does not arrive whole never looks whole to an endpoint; an answer that is not whole never looks
 * whole to its client; no client sees a stack trace.
 */
@NullMarked
package org.skerry.http;

import org.jspecify.annotations.NullMarked;
