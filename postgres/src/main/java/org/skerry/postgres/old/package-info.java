/**
 * The protocol of the engine that synchronised Tryton instances before: its satellites can go on
 * with it, and be moved one by one. What they send enters as revisions.
 */
@NullMarked
package org.skerry.postgres.old;

import org.jspecify.annotations.NullMarked;
