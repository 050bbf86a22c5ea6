package org.skerry.postgres.rpc;

/**
 * Nobody answers, or the application does not let this node in: nothing is known about any single
 * record, and it is tried again later.
 */
public final class RpcDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RpcDownException(String message) {
    super(message);
  }
}
