/**
 * Satellites: applications that keep their records in a PostgreSQL of their own, such as Tryton and
 * GNU Health, kept in step with a database of this node. The application is not changed, and knows
 * nothing of it.
 *
 * <p>A satellite is a document of the database {@code _postgres}: where its PostgreSQL is, which
 * database here it fills, and the {@linkplain org.skerry.postgres.mapping mapping} of its tables. A
 * row is a document {@code type/name}; its {@linkplain org.skerry.postgres.row members} are the
 * row's columns, and names of other documents in place of foreign keys: local ids never leave.
 *
 * <p>{@linkplain org.skerry.postgres.capture Capture} makes each transaction of the application
 * revisions here, {@linkplain org.skerry.postgres.apply apply} shows each document's winner in its
 * row, and the {@linkplain org.skerry.postgres.book book} between them says which row is which
 * document, and which revision it shows. An edit follows the revision that its row showed: what
 * others changed meanwhile makes it a conflict as any other, and nothing is overwritten.
 *
 * <p>A node without {@code _postgres} has nothing of this but its routes.
 */
@NullMarked
package org.skerry.postgres;

import org.jspecify.annotations.NullMarked;
