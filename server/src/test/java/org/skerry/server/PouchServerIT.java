package org.skerry.server;

/** A server that somebody else wrote, as the other end of replications. */
class PouchServerIT extends NpmClientCase {
  PouchServerIT() {
    super("pouchserver");
  }
}
