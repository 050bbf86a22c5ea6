/**
 * Subsets: the part of a database that one site gets, as a feed of its own that is kept at write
 * time.
 *
 * <p>The engine above says of each revision, from its content alone, which {@link
 * org.skerry.store.subset.Label}s it has ({@link org.skerry.store.subset.Placement}): places,
 * documents whose way it shares, everyone. Behind each label stands an {@link
 * org.skerry.store.subset.Audience}, a set of sites' feeds; behind a document's label stands that
 * document's own audience, so that an observation goes where its patient goes. A document's
 * audience is that of all its live leaves together: a conflict is seen by all whom one of its sides
 * concerns.
 *
 * <p>What follows from a write, or from a label that means others now, is decided in one place for
 * all stores: {@link org.skerry.store.subset.SubsetChanges} and {@code Move}, in the turn of the
 * write and in its batch. A store gives it a {@link org.skerry.store.subset.SubsetDraft} to read
 * and write small records, whose keys {@code SubsetKeys} draws. Large consequences (a patient with
 * a thousand records moves) are noted in the same batch as a {@code Task} and taken in steps.
 *
 * <p>A write puts what the document's head says of its scope, and one record of all rows that a
 * turn's documents get in feeds ({@code TurnRows}). Rows are filed in pages ({@code RowFiling}),
 * members by id ({@code Members}) and documents by label ({@code Labelled}) are listed later and
 * many at a time; until then they are found where the write noted them, rows in memory as well
 * ({@code RecentRows}). Of new documents, which most are in a large group, those with the same
 * labels are taken together ({@code Arrivals}).
 *
 * <p>{@link org.skerry.store.subset.SubsetReads} reads feeds and members. {@link
 * org.skerry.store.subset.SubsetDocuments} is the whole database as one site sees it: a {@link
 * org.skerry.store.DocumentStore} again, so that everything which works on a database works on a
 * subset. A document that left is shown to the site as an {@link org.skerry.store.subset.Echo}.
 */
@NullMarked
package org.skerry.store.subset;

import org.jspecify.annotations.NullMarked;
