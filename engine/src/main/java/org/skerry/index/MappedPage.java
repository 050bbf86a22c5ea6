package org.skerry.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.store.Seq;

/**
 * Some documents with the rows they emitted, in few arrays: a run gathers hundreds of thousands of
 * rows, and objects for each would be most of what it holds. Filled by one thread, then read by
 * another.
 *
 * <pre>
 *   bytes = (key of the document's record | its record | its rows, as they will stand in leaves)*
 * </pre>
 */
final class MappedPage {
  private static final int BYTES_A_DOCUMENT = 256;

  private final long[] seqs;
  private final int[] keys;
  private final int[] records;

  /** Of each document, the first of its rows. */
  private final int[] firstRows;

  private int documents;
  private int[] rows;
  private short[] views;
  private int rowCount;
  private byte[] bytes;
  private int used;

  /** A page for so many documents. */
  MappedPage(int size) {
    this.seqs = new long[size];
    this.keys = new int[size];
    this.records = new int[size];
    this.firstRows = new int[size + 1];
    this.rows = new int[Math.max(1, size)];
    this.views = new short[rows.length];
    this.bytes = new byte[size * BYTES_A_DOCUMENT];
  }

  /** A page of documents that have no rows. */
  static MappedPage without(List<DocId> ids, Seq seq) {
    MappedPage page = new MappedPage(ids.size());
    ids.forEach(id -> page.add(id, seq, new byte[0]));
    return page;
  }

  /**
   * Adds a document.
   *
   * @param record where its rows stand, as {@link DocumentRecord} writes it; empty if it has none
   */
  void add(DocId id, Seq seq, byte[] record) {
    seqs[documents] = seq.number();
    keys[documents] = used;
    append(IndexKeys.document(id));
    records[documents] = used;
    append(record);
    firstRows[documents++] = rowCount;
    firstRows[documents] = rowCount;
  }

  /** Adds a row to the document that was added last. */
  void addRow(int view, byte[] entry) {
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
      views = Arrays.copyOf(views, rows.length);
    }
    rows[rowCount] = used;
    views[rowCount++] = (short) view;
    append(entry);
    firstRows[documents] = rowCount;
  }

  private void append(byte[] more) {
    if (more.length > bytes.length - used) {
      bytes = Arrays.copyOf(bytes, Math.max(used + more.length, used + used / 2));
    }
    System.arraycopy(more, 0, bytes, used, more.length);
    used += more.length;
  }

  /** Gives back what was reserved and not used. */
  MappedPage full() {
    bytes = Arrays.copyOf(bytes, used);
    return this;
  }

  /** What it holds. */
  long size() {
    return bytes.length + (Integer.BYTES + Short.BYTES) * rows.length + 20L * seqs.length;
  }

  List<Document> documents() {
    List<Document> all = new ArrayList<>(documents);
    for (int i = 0; i < documents; i++) {
      all.add(new Document(i));
    }
    return all;
  }

  /** One of the documents. */
  final class Document {
    private final int number;

    private Document(int number) {
      this.number = number;
    }

    /** The number of its last change. */
    long seq() {
      return seqs[number];
    }

    /** The key of its record. */
    byte[] key() {
      return Arrays.copyOfRange(bytes, keys[number], records[number]);
    }

    DocId id() {
      return IndexKeys.documentOf(key());
    }

    boolean hasRows() {
      return firstRows[number] < firstRows[number + 1];
    }

    byte[] record() {
      return Arrays.copyOfRange(bytes, records[number], start(firstRows[number]));
    }

    /** Visits its rows. */
    void rows(RowVisitor visitor) {
      for (int i = firstRows[number]; i < firstRows[number + 1]; i++) {
        visitor.visit(views[i], new LeafEntry(bytes, rows[i], start(i + 1)));
      }
    }

    /** Where one of its rows begins, or what stands behind its last. */
    private int start(int row) {
      if (row < firstRows[number + 1]) {
        return rows[row];
      }
      return number + 1 < documents ? keys[number + 1] : used;
    }
  }

  /** Takes rows as they will stand in a leaf of one of the index's views. */
  @FunctionalInterface
  interface RowVisitor {
    void visit(int view, LeafEntry row);
  }
}
