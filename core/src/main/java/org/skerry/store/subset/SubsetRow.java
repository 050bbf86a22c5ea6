package org.skerry.store.subset;

import org.skerry.document.DocId;

/**
 * One row of a subset's feed.
 *
 * @param seq its position, in the database's numbers
 * @param left whether it says that the document left the subset
 */
public record SubsetRow(DocId id, long seq, boolean left, int urgency) {}
