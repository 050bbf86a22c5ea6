/**
 * Documents as CouchDB's JSON, out and in: what the HTTP API answers and what a replication sends.
 *
 * <p>{@link org.skerry.wire.DocumentJson} splices {@code _id}, {@code _rev} and the rest into the
 * bytes of a body without parsing them. {@link org.skerry.wire.DocumentIntake} goes the other way:
 * it takes a document apart that was read at the door, brings its attachments into the store, and
 * says what is to be written.
 */
@NullMarked
package org.skerry.wire;

import org.jspecify.annotations.NullMarked;
