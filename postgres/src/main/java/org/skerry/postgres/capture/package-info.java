/**
 * What the application did, transaction by transaction, as revisions: read from PostgreSQL's log by
 * logical decoding, or from an outbox that triggers fill where that is not allowed. A transaction
 * is passed only when its documents are durable and the book says so; delivered twice, it makes the
 * same revisions.
 */
@NullMarked
package org.skerry.postgres.capture;

import org.jspecify.annotations.NullMarked;
