/**
 * Which row is which document, and which revision a row shows: the schema {@code skerry} inside the
 * application's own PostgreSQL, so that it is committed together with the rows.
 *
 * <p>{@link org.skerry.postgres.book.Naming} gives rows their names; an {@link
 * org.skerry.postgres.book.Entry} says what a row showed when it was noted, by a revision and by a
 * hash of the members. On that rest capture and apply, who never speak with each other:
 *
 * <ul>
 *   <li>Capture makes a revision of what the application did. Its parent is the entry's revision;
 *       when it is durable the entry shows it. Done twice, it is the same revision.
 *   <li>Apply overwrites a row only when capture has seen all that the application did to it
 *       ({@link org.skerry.postgres.capture.Gate}), and the entry then shows the new revision.
 * </ul>
 *
 * <p>So the entry's revision is always what the application had before its eyes when it changed the
 * row, whatever happened in between.
 */
@NullMarked
package org.skerry.postgres.book;

import org.jspecify.annotations.NullMarked;
