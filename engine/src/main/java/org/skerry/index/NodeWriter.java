package org.skerry.index;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts a node's bytes together. One thread. */
final class NodeWriter {
  private final byte kind;
  private int[] ends = new int[64];
  private int count;
  private byte[] body = new byte[TreeEdit.TARGET];
  private int used;

  NodeWriter(byte kind) {
    this.kind = kind;
  }

  void add(byte[] entry) {
    reserve(entry.length);
    System.arraycopy(entry, 0, body, used, entry.length);
    end(entry.length);
  }

  void add(LeafEntry row) {
    reserve(row.length());
    row.copyTo(body, used);
    end(row.length());
  }

  /** Adds another node's entries from one on. */
  void addAll(Node node, int from) {
    for (int i = from; i < node.count(); i++) {
      int start = node.start(i);
      int length = node.start(i + 1) - start;
      reserve(length);
      System.arraycopy(node.bytes(), start, body, used, length);
      end(length);
    }
  }

  private void reserve(int length) {
    if (length > body.length - used) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, used + length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
  }

  private void end(int length) {
    used += length;
    ends[count++] = used;
  }

  Node node() {
    ByteBuffer bytes = ByteBuffer.allocate(Node.HEADER + Integer.BYTES * count + used);
    bytes.put(kind).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.putInt(ends[i]);
    }
    return new Node(bytes.put(body, 0, used).array());
  }
}
