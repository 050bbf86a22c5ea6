package org.skerry.replication.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import tools.jackson.core.JacksonException;

/**
 * Whether an answer broke off before or while it was read, or was none that can be understood. What
 * goes wrong with whoever takes what is read is another matter, and reaches the caller alike.
 */
final class BrokenOff {
  /** Volatile: attachments are sent on by another thread than the one that asks. */
  private volatile Optional<Exception> why = Optional.empty();

  /** Of the thread that asks. */
  private boolean answered;

  /** A part of the reading. */
  @FunctionalInterface
  interface Step<T> {
    T read() throws IOException;
  }

  boolean seen() {
    return why.isPresent();
  }

  /** There is an answer; what goes wrong from now on is seen, or somebody else's. */
  void answered() {
    answered = true;
  }

  /**
   * Whether it is the answer alone: it broke off, or never began, and the line stands. Where one
   * broke off within, the next request tells.
   *
   * @param thrown what reached the caller
   */
  boolean isOfTheAnswer(Calls calls, PeerException thrown) {
    return !Thread.currentThread().isInterrupted()
        && (seen() || !answered && StandingLine.isSeen(calls, thrown));
  }

  /**
   * What to say of it. The line is not down that carried what came before: whoever watches for it
   * to stand again would find it standing at once, and try for ever.
   *
   * @param thrown what reached the caller; where somebody sent it on it names another request
   */
  PeerException told(Calls calls, Request request, PeerException thrown) {
    PeerException told =
        why.orElse(thrown) instanceof IOException line ? calls.broken(request, line) : thrown;
    return told.kind() == Kind.UNREACHABLE
        ? new PeerException(Kind.FAILING, String.valueOf(told.getMessage()), told)
        : told;
  }

  /** Reads, and notes where that fails. */
  <T> T reading(Step<T> step) throws IOException {
    try {
      return step.read();
    } catch (IOException | JacksonException e) {
      why = Optional.of(e);
      throw e;
    }
  }

  /** The same bytes, which somebody else reads. */
  InputStream watched(InputStream bytes) {
    return new FilterInputStream(bytes) {
      @Override
      public int read() throws IOException {
        return reading(super::read);
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return reading(() -> super.read(into, offset, length));
      }

      @Override
      public long skip(long count) throws IOException {
        return reading(() -> super.skip(count));
      }
    };
  }
}
