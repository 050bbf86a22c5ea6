package org.skerry.mango;

import java.io.IOException;

/** Takes the documents of an answer; it may block, and holds nothing open in the store. */
@FunctionalInterface
public interface FoundSink {
  void found(Found document) throws IOException;

  /** Behind the first few documents, before more are looked at: it may wait here as well. */
  default void more() throws IOException {}
}
