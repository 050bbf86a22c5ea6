package org.skerry.store.subset;

/**
 * Something that changed about a label, which its documents have to follow. Each depth is a task of
 * its own: one that was led here by another, and found nothing to change, must not begin that one
 * anew.
 *
 * @param depth how far from here documents follow that are only looked through
 */
record Task(Label label, int depth) {
  byte[] key() {
    return SubsetKeys.task(depth, label);
  }

  static Task of(byte[] key) {
    return new Task(SubsetKeys.labelOfTask(key), SubsetKeys.depthOfTask(key));
  }
}
