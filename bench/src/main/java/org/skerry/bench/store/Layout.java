package org.skerry.bench.store;

/** Where a body stands and who compresses it: the candidates of decision 003. */
public enum Layout {
  /** Keyed by document and revision; RocksDB compresses blocks of 16 KB. */
  DOCUMENT_BLOCKS(true, false),
  /** Keyed by the number of the write; RocksDB compresses blocks of 16 KB. */
  WRITE_BLOCKS(false, false),
  /** Keyed by document and revision; each body compressed alone with a trained dictionary. */
  DOCUMENT_DICTIONARY(true, true),
  /** Keyed by the number of the write; each body compressed alone with a trained dictionary. */
  WRITE_DICTIONARY(false, true);

  final boolean byDocument;
  final boolean dictionary;

  Layout(boolean byDocument, boolean dictionary) {
    this.byDocument = byDocument;
    this.dictionary = dictionary;
  }
}
