package org.skerry.conflict;

import org.junit.jupiter.api.AfterEach;
import org.skerry.revision.RevId;

/** Two nodes that edit the same document before they meet. */
abstract class IslandsCase {
  static final String MERGE = "[{'name':'all','selector':{},'method':'merge'}]";

  final Island one = new Island();
  final Island other = new Island();

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  /** Both edit the same document, without having met. */
  final void edited(String base, String here, String there) {
    RevId first = one.create("p", base);
    one.push(other);
    one.edit("p", first, here);
    other.edit("p", first, there);
  }

  /** Both edit the same document, and meet. */
  final void conflict(String base, String here, String there) {
    edited(base, here, there);
    one.meet(other);
  }
}
