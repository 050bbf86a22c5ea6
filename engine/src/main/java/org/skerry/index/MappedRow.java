package org.skerry.index;

/** A row that a document emitted, as it will stand in a leaf of one of the index's views. */
record MappedRow(int view, LeafEntry entry) {}
