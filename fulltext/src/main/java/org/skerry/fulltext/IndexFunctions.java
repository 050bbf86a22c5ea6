package org.skerry.fulltext;

import org.skerry.search.IndexDefinition;

/** Makes index functions of their sources. Any thread may call. */
@FunctionalInterface
public interface IndexFunctions {
  /**
   * The function of an index.
   *
   * @throws org.skerry.search.BadIndexFunctionException when the source is none
   */
  IndexFunction compile(IndexDefinition definition);
}
