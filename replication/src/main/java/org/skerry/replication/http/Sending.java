package org.skerry.replication.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A request's body that is broken off when the peer takes nothing of it for too long. A socket
 * knows a bound for reading alone: to a peer that keeps its connection open and reads nothing one
 * would write for ever, and hold a replication's place with it.
 *
 * <p>Sent by one thread; another one, until there is an answer, looks whether it gets on.
 */
final class Sending extends HttpEntityWrapper {
  /**
   * So much is taken on the slowest line within the time; larger pieces would be slow, not stuck.
   */
  private static final int PIECE = 16 * 1024;

  /** The next piece comes from elsewhere, and whoever reads it there has a bound of its own. */
  private static final long READING = Long.MIN_VALUE;

  private final Duration silence;
  private final Duration answer;
  private final Runnable breakOff;

  /**
   * Since when the peer is to take what is written now, by the clock of {@link System#nanoTime};
   * {@link #READING} meanwhile. Volatile: written by the thread that sends, read by the one that
   * looks.
   */
  private volatile long writing = READING;

  /** How long it may take now. Volatile: written by the thread that sends. */
  private volatile Duration longest;

  /** Of the thread that sends. */
  private Optional<Thread> look = Optional.empty();

  /** Volatile: set by the thread that looks. */
  private volatile boolean stuck;

  /**
   * That body.
   *
   * @param silence how long the peer may take nothing
   * @param answer how long it may take to answer when it has all
   * @param breakOff closes the connection, so that a write which waits fails
   */
  Sending(HttpEntity body, Duration silence, Duration answer, Runnable breakOff) {
    super(body);
    this.silence = silence;
    this.longest = silence;
    this.answer = answer;
    this.breakOff = breakOff;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    over(); // it may be sent a second time
    longest = silence;
    writing = READING;
    Thread looking = Thread.ofVirtual().name("sending").start(this::look);
    look = Optional.of(looking);
    boolean sent = false;
    try {
      OutputStream pieces = new InPieces(out);
      super.writeTo(pieces);
      pieces.flush(); // so that only the end is written behind this
      longest = silence.plus(answer);
      writing = System.nanoTime();
      sent = true;
    } finally {
      if (!sent) {
        looking.interrupt();
      }
    }
  }

  /** Why it was broken off: here, where the peer was stuck. */
  IOException why(IOException broken) {
    return stuck ? new IOException("it takes nothing more of what it is sent", broken) : broken;
  }

  /**
   * The peer has answered, or will not: nobody looks from now on. Until then the end of the body,
   * which is written behind {@link #writeTo}, has the time of a piece and of an answer.
   */
  void over() {
    look.ifPresent(Thread::interrupt);
  }

  private void look() {
    try {
      while (true) {
        long since = writing;
        Duration most = longest;
        Duration left = since == READING ? most : most.minusNanos(System.nanoTime() - since);
        if (!left.isPositive()) {
          stuck = true;
          breakOff.run();
          return;
        }
        Thread.sleep(left);
      }
    } catch (InterruptedException e) {
      return; // all is sent and answered, or the line is broken
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
