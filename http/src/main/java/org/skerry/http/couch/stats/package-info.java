/**
 * What a node counts and measures, in CouchDB's words ({@code _node/_local/_stats}), for Prometheus
 * ({@code _prometheus}), and as a system ({@code _system}, {@code _versions}).
 *
 * <p>{@link org.skerry.http.couch.stats.Stats} holds every figure once: whoever counts adds to it,
 * and both forms are made of it when somebody asks. Counting takes no lock.
 */
@NullMarked
package org.skerry.http.couch.stats;

import org.jspecify.annotations.NullMarked;
