/**
 * Databases: the one way in for revisions, and what belongs to a database besides its documents.
 *
 * <p>{@link org.skerry.database.Databases} is a node's collection; {@link
 * org.skerry.database.Database} writes. An {@linkplain org.skerry.database.NewRevision edit} gets
 * its name here and must follow a leaf; a {@linkplain org.skerry.database.ForeignRevision revision
 * made elsewhere} is merged whatever stands here. Either way every caller gets a {@link
 * org.skerry.database.WriteResult} for each revision, and none of them is an exception. {@linkplain
 * org.skerry.database.WriteGuard Guards} see every revision on either way and may refuse it, in the
 * light of its {@linkplain org.skerry.database.Author author}; they cost nothing where there is
 * nothing to guard. Reading goes to the {@link org.skerry.store.DocumentStore} directly: there is
 * nothing to add to it.
 *
 * <p>All types are safe for use by many threads.
 */
@NullMarked
package org.skerry.database;

import org.jspecify.annotations.NullMarked;
