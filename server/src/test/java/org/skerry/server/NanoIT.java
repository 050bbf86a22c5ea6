package org.skerry.server;

/** CouchDB's own client for Node. */
class NanoIT extends NpmClientCase {
  NanoIT() {
    super("nano");
  }
}
