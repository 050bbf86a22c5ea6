package org.skerry.http.couch.view;

import java.io.IOException;
import org.skerry.http.couch.RowOut;
import org.skerry.index.IndexReading;

/** The answer to one query, which is an object. */
interface ViewAnswer {
  /**
   * Writes it.
   *
   * @throws IOException when the client is gone
   */
  void write(RowOut out) throws IOException;

  /**
   * The answer to a query; what cannot be answered at all is told here, before anything is sent.
   */
  static ViewAnswer of(OpenView view, ViewQuery query, IndexReading reading) {
    return query.reduce()
        ? ReduceAnswer.of(view, query, reading)
        : new MapAnswer(view, query, reading);
  }
}
