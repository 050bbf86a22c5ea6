/**
 * How a node gets into the PostgreSQL of a satellite: with which login, in which session settings,
 * and how its transactions are tried again. Sessions are set so that values come and go as the
 * texts that {@link org.skerry.postgres.row} knows.
 */
@NullMarked
package org.skerry.postgres.access;

import org.jspecify.annotations.NullMarked;
