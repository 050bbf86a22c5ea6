package org.skerry.postgres.rpc;

import java.net.URI;

/**
 * Where an application answers to RPC, and who signs in there. Somebody of its own for Skerry is
 * best: then the application shows who wrote what.
 *
 * @param url with the database as its path, as {@code http://127.0.0.1:8000/health/}
 */
public record RpcAccess(URI url, String user, String password) {
  /** For logs: without the password. */
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
