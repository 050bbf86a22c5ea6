package org.skerry.postgres.rpc;

/** The application refused what nothing can be done without. */
public final class RpcRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RpcRefusedException(RpcAnswer.Reason reason, String message) {
    super("the application refuses (" + reason + "): " + message);
  }
}
