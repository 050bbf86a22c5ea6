package org.skerry.replication.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A request's body that is broken off when the peer takes nothing of it for too long. A socket
 * knows a bound for reading alone: to a peer that keeps its connection open and reads nothing one
 * would write for ever, and hold a replication's place with it.
 *
 * <p>Sent by one thread; another one, for as long as that takes, looks whether it gets on.
 */
final class Sending extends HttpEntityWrapper {
  /**
   * So much is taken on the slowest line within the time; larger pieces would be slow, not stuck.
   */
  private static final int PIECE = 16 * 1024;

  /** The next piece comes from elsewhere, and whoever reads it there has a bound of its own. */
  private static final long READING = Long.MIN_VALUE;

  private final Duration silence;
  private final Runnable breakOff;

  /**
   * Since when the peer is to take what is written now, by the clock of {@link System#nanoTime};
   * {@link #READING} meanwhile. Volatile: written by the thread that sends, read by the one that
   * looks.
   */
  private volatile long writing = READING;

  /** Volatile: set by the thread that looks. */
  private volatile boolean stuck;

  /**
   * That body.
   *
   * @param silence how long the peer may take nothing
   * @param breakOff closes the connection, so that a write which waits fails
   */
  Sending(HttpEntity body, Duration silence, Runnable breakOff) {
    super(body);
    this.silence = silence;
    this.breakOff = breakOff;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Thread look = Thread.ofVirtual().name("sending").start(this::look);
    try {
      OutputStream pieces = new InPieces(out);
      super.writeTo(pieces);
      pieces.flush(); // who sends it does so behind this, where nobody looks
    } catch (IOException e) {
      throw stuck ? new IOException("it takes nothing more of what it is sent", e) : e;
    } finally {
      look.interrupt();
    }
  }

  private void look() {
    try {
      while (true) {
        long since = writing;
        Duration left = since == READING ? silence : silence.minusNanos(System.nanoTime() - since);
        if (!left.isPositive()) {
          stuck = true;
          breakOff.run();
          return;
        }
        Thread.sleep(left);
      }
    } catch (InterruptedException e) {
      return; // all is sent, or the line is broken
    }
  }

  private final class InPieces extends FilterOutputStream {
    InPieces(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += PIECE) {
        writing = System.nanoTime();
        out.write(bytes, offset + done, Math.min(PIECE, length - done));
        writing = READING;
      }
    }

    @Override
    public void flush() throws IOException {
      writing = System.nanoTime();
      out.flush();
      writing = READING;
    }
  }
}
