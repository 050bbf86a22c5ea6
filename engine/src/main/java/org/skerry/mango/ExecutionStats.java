package org.skerry.mango;

/** What a query cost so far. Used by the one thread that answers it. */
public final class ExecutionStats {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long start = System.nanoTime();
  private long keys;
  private long documents;
  private long apart;
  private long returned;

  void key() {
    keys++;
  }

  void document() {
    documents++;
  }

  /** A document that was read apart from the index. */
  void documentApart() {
    apart++;
  }

  void result() {
    returned++;
  }

  /** Rows of the index that were visited. */
  public long keys() {
    return keys;
  }

  /** Documents that were read along with the index. */
  public long documents() {
    return documents;
  }

  /** Documents that were read apart from it. */
  public long documentsApart() {
    return apart;
  }

  long examined() {
    return documents + apart;
  }

  /** Documents in the answer. */
  public long returned() {
    return returned;
  }

  /** Time since the query began, in milliseconds. */
  public double elapsedMillis() {
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }
}
