package org.skerry.store.rocksdb;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.document.BlobId;
import org.skerry.document.DocId;
import org.skerry.store.Totals;

/** One database within a group: its documents and counters as the turns so far left them. */
final class ShelfDraft {
  private final Group group;
  private final Shelf shelf;
  private final Ledger before;
  private final Map<DocId, DocumentDraft> documents = new LinkedHashMap<>();
  private final LocalDrafts locals = new LocalDrafts();
  private final Set<BlobId> newBlobs = new HashSet<>();
  private final SubsetRecords subsets = new SubsetRecords(this);

  /** The one that is being put, and mostly the one that is asked for then. */
  private @Nullable DocumentDraft current;

  private long seq;
  private long documentCount;
  private long tombstones;
  private long conflicted;
  private long external;
  private long active;
  private long superseded;
  private long purges;
  private int revsLimit;
  private int dictionary;

  ShelfDraft(Group group, Shelf shelf) {
    this.group = group;
    this.shelf = shelf;
    this.before = shelf.ledger();
    seq = before.seq();
    documentCount = before.totals().documents();
    tombstones = before.totals().tombstones();
    conflicted = before.totals().conflicted();
    external = before.external();
    active = before.active();
    superseded = before.superseded();
    purges = before.totals().purges();
    revsLimit = before.revsLimit();
    dictionary = before.dictionary();
  }

  Group group() {
    return group;
  }

  Tables tables() {
    return group.tables();
  }

  Shelf shelf() {
    return shelf;
  }

  int number() {
    return shelf.number();
  }

  DocumentDraft document(DocId id) {
    DocumentDraft now = current;
    return now != null && now.id().equals(id)
        ? now
        : documents.computeIfAbsent(id, key -> new DocumentDraft(this, key));
  }

  /** The document, when a turn of this group already has to do with it. */
  @Nullable DocumentDraft known(DocId id) {
    DocumentDraft now = current;
    return now != null && now.id().equals(id) ? now : documents.get(id);
  }

  SubsetRecords subsets() {
    return subsets;
  }

  /** Whether documents have to tell the subsets of what becomes of them. */
  boolean keepsSubsets() {
    return subsets.kept() || shelf.keepsSubsets();
  }

  LocalDrafts locals() {
    return locals;
  }

  /** Whether a turn of this group brought the blob. */
  boolean hasNewBlob(BlobId blob) {
    return newBlobs.contains(blob);
  }

  void newBlob(BlobId blob) {
    newBlobs.add(blob);
  }

  long nextSeq() {
    return ++seq;
  }

  long nextPurge() {
    return ++purges;
  }

  /** Whether there may be something left of documents that are no more. */
  boolean hasPurged() {
    return purges > 0;
  }

  int revsLimit() {
    return revsLimit;
  }

  void revsLimit(int limit) {
    revsLimit = limit;
  }

  void dictionary(int id) {
    dictionary = id;
  }

  /** Counts content that came, or with negative numbers went. */
  void countBytes(long externalBytes, long activeBytes) {
    external += externalBytes;
    active += activeBytes;
  }

  void countSuperseded(int more) {
    superseded += more;
  }

  /** Counts a document in or out. */
  void count(Head head, int by) {
    if (head.deleted()) {
      tombstones += by;
    } else {
      documentCount += by;
    }
    if (head.conflicted()) {
      conflicted += by;
    }
  }

  boolean advanced() {
    return seq > before.seq();
  }

  /** Puts the changed documents and the counters into the batch. */
  void emit() {
    for (DocumentDraft document : documents.values()) {
      current = document;
      document.emit();
    }
    current = null;
    subsets.changes().end();
    if (!ledger().equals(before)) {
      group.put(Family.META, Keys.meta(number(), Keys.Kind.LEDGER), ledger().encode());
    }
  }

  Ledger ledger() {
    return new Ledger(
        seq,
        new Totals(documentCount, tombstones, conflicted, purges),
        external,
        active,
        superseded,
        revsLimit,
        dictionary);
  }
}
