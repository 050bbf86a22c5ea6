package org.skerry.store;

/** Takes documents one by one. An exception it throws ends the visit and reaches the caller. */
@FunctionalInterface
public interface DocumentVisitor {
  /**
   * One document.
   *
   * @return whether to go on
   */
  boolean visit(StoredDocument document);
}
