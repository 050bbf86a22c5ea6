/**
 * The embedded engine: all of a node's databases in one folder, on RocksDB. The only native code.
 *
 * <p>{@link org.skerry.store.rocksdb.RocksStore} is the way in. A write goes through {@code
 * RocksDocuments} → {@code CommitTurn} (packs bodies in the caller's thread) → {@code GroupWriter}
 * (the one thread that writes) → {@code Group} / {@code ShelfDraft} / {@code DocumentDraft} /
 * {@code Branches} (decide and merge) → one {@code Batch}, one fsync. A read goes through {@code
 * RocksDocuments} → {@code Reading} or {@code Feed}, where the caller is.
 *
 * <h2>Layout, format 2</h2>
 *
 * Every key begins with the database's number (4 bytes; 0 is the node itself). Numbers are
 * big-endian. Values begin with a version; each record's class draws its own.
 *
 * <pre>
 *   heads       db | id                    → Head: leaves and where their bodies are, recent history, scope
 *   changes     db | seq                   → ChangeRow: id, leaves; each document once, at its last change
 *   bodies      db | seq of its write      → BodyRecord: attachments' names, body packed with a dictionary
 *   history     db | id | segment (4)      → History.Part: older revisions, and where their bodies are
 *   superseded  db | seq of the body       → Superseded: what compaction has to look at
 *   chunks      db | upload (8) | n (4)    → 256 KB of an attachment
 *   subsets     db | kind | …              → labels, audiences, rows and members: SubsetKeys in store.subset
 *   default     db | kind | …              → everything small:
 *                 0  F                       the store's id       0  D   next database's number
 *                 0  N name                  number, incarnation  db P name   a setting (0: the node's)
 *                 db L                       Ledger: counters     db Z id     a dictionary
 *                 db l id                    a local document     db B blob   BlobRecord
 *                 db R blob seq              a body uses a blob   db U upload an unfinished upload
 *                 db G purge (8)             a purge              db g        how many are remembered
 * </pre>
 *
 * Bodies stand in the order of their writes, so that loading moves files instead of rewriting them,
 * and feeds read documents in one sweep; because each body is packed alone, the other sweep and
 * single reads unpack one body and not a block of sixteen. A database's bodies share a dictionary;
 * see docs/decisions/003-rocksdb-layout.md for the figures.
 *
 * <p>Derived data ({@link org.skerry.store.rocksdb.RocksOrderedStore}, {@code SpaceTables}) stand
 * in a RocksDB of their own in a folder of their own: written without waiting for the disk, and
 * thrown away when damaged. Keys are the space's number (4 bytes; 0 holds format and names) and the
 * space's key.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>Everything a write changes is in one batch: head, row of the feed, body, history, counters.
 *       There is no moment at which they differ, and opening repairs nothing.
 *   <li>A body is written once and never changed; heads and rows name it by its sequence.
 *   <li>A head's size, and so an update's cost, depends on the number of leaves: older history is
 *       moved into segments, which an update does not read.
 *   <li>What a reader's snapshot shows was durable before it was visible.
 * </ul>
 */
@NullMarked
package org.skerry.store.rocksdb;

import org.jspecify.annotations.NullMarked;
