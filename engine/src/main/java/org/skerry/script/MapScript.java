package org.skerry.script;

/**
 * Functions that emit rows of a document: the maps of a design document, or its full-text indexes.
 * For one thread at a time: make one for each worker.
 */
public interface MapScript extends AutoCloseable {
  /**
   * Runs all functions on a document. None of them sees what another one did to it.
   *
   * @param document as JSON, with its {@code _id}, {@code _rev} and the like
   */
  void run(byte[] document, EmitSink sink);

  @Override
  void close();
}
