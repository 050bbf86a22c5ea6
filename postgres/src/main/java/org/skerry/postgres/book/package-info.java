/**
 * Which row is which document, and which revision a row shows: the schema {@code skerry} inside the
 * application's own PostgreSQL, so that it is committed together with the rows.
 */
@NullMarked
package org.skerry.postgres.book;

import org.jspecify.annotations.NullMarked;
