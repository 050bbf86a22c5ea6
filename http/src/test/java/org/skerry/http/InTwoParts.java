package org.skerry.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer whose second part comes when a test has seen the first, which was flushed. */
record InTwoParts(byte[] first, byte[] second, CountDownLatch between) implements Endpoint {
  InTwoParts(byte[] first, byte[] second) {
    this(first, second, new CountDownLatch(1));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    OutputStream out = exchange.stream(AnswerHead.json(200));
    out.write(first);
    out.flush();
    try {
      if (!between.await(300, TimeUnit.SECONDS)) {
        throw new IOException("nobody has seen the first part");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    out.write(second);
    out.close();
  }

  /** The first part was seen. */
  void seen() {
    between.countDown();
  }
}
