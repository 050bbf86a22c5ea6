package org.skerry.server;

/** PouchDB 9 in Node. */
class PouchDbIT extends NpmClientCase {
  PouchDbIT() {
    super("pouchdb");
  }
}
