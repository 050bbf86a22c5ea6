package org.skerry.server;

/** IBM's backup of databases, and its restoring. */
class CouchbackupIT extends NpmClientCase {
  CouchbackupIT() {
    super("couchbackup");
  }
}
