package org.skerry.mango;

/** What an index leads to, in its order, read in pages. Used by one thread. */
interface Source {
  /**
   * Reads on, until the page is full or long enough was looked.
   *
   * @return whether there may be more
   */
  boolean read(Page page);
}
