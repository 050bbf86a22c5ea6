package org.skerry.index;

/**
 * A row that a document emitted.
 *
 * @param n its place among the document's rows of an equal key
 * @param rowKey where it stands in the view
 * @param entry the row as it stands in a leaf
 */
record MappedRow(int view, byte[] collatedKey, int n, byte[] rowKey, byte[] entry) {}
