package org.skerry.fulltext;

import java.util.ArrayDeque;
import java.util.Deque;
import org.skerry.search.IndexDefinition;

/**
 * The compiled functions of one open index: as many as there were threads at once, kept for the
 * next catch-up, since compiling costs more than indexing a few documents. Any thread may call.
 */
final class FunctionPool implements AutoCloseable {
  private final IndexFunctions functions;
  private final IndexDefinition definition;
  private final Deque<IndexFunction> idle = new ArrayDeque<>();
  private boolean closed;

  FunctionPool(IndexFunctions functions, IndexDefinition definition) {
    this.functions = functions;
    this.definition = definition;
  }

  /** A function for this thread, to be given back. */
  IndexFunction borrow() {
    synchronized (this) {
      IndexFunction function = idle.poll();
      if (function != null) {
        return function;
      }
    }
    return functions.compile(definition);
  }

  synchronized void giveBack(IndexFunction function) {
    if (closed) {
      function.close();
    } else {
      idle.push(function);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(IndexFunction::close);
    idle.clear();
  }
}
