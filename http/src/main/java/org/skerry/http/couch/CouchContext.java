package org.skerry.http.couch;

import org.skerry.database.Databases;

/**
 * What endpoints share, made once a node.
 *
 * @param access who may use what
 * @param tasks what works in the background
 * @param uuids names for documents that came without
 */
record CouchContext(
    Databases databases,
    CouchSettings settings,
    AccessControl access,
    ActiveTasks tasks,
    UuidSequence uuids) {
  CouchContext(Databases databases, CouchSettings settings) {
    this(databases, settings, new AccessControl(databases), new ActiveTasks(), new UuidSequence());
  }
}
