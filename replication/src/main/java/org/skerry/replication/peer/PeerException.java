package org.skerry.replication.peer;

import java.time.Duration;

/**
 * A peer does not do what was asked. The message is made for people and has no credentials in it:
 * found, expected, remedy.
 */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and so whether trying again may help. */
  public enum Kind {
    /** It cannot be reached, or broke off. */
    UNREACHABLE(true),
    /** It is there and cannot answer: overloaded, starting, failing. */
    FAILING(true),
    /**
     * It said something that the protocol does not know. It may have been a broken line or a proxy.
     */
    NONSENSE(true),
    /** There is no such database. */
    NO_DATABASE(false),
    /** It does not know us, or does not let us. */
    DENIED(false),
    /** It does not know the filter, or cannot do what the replication asks for. */
    UNSUPPORTED(false);

    private final boolean transientKind;

    Kind(boolean transientKind) {
      this.transientKind = transientKind;
    }
  }

  private final Kind kind;

  /** Zero where the peer asked for none. */
  private final Duration retryAfter;

  public PeerException(Kind kind, String message) {
    this(kind, message, Duration.ZERO);
  }

  /**
   * The same of a peer that says when it may be asked again.
   *
   * @param retryAfter how long it wants to be left alone; zero where it does not say
   */
  public PeerException(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public PeerException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = Duration.ZERO;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the peer asked to be left alone, however long that is; zero where it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Whether the same may succeed later without anybody doing something about it. */
  public boolean isTransient() {
    return kind.transientKind;
  }
}
