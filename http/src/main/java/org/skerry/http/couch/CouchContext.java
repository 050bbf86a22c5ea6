package org.skerry.http.couch;

import org.skerry.database.Databases;
import org.skerry.http.couch.admin.Administration;

/**
 * What endpoints share, made once a node.
 *
 * @param administration the configuration, and where administrative actions are noted
 * @param access who may use what
 * @param tasks what works in the background
 * @param uuids names for documents that came without
 */
record CouchContext(
    Databases databases,
    CouchSettings settings,
    Administration administration,
    AccessControl access,
    ActiveTasks tasks,
    UuidSequence uuids) {
  CouchContext(Databases databases, CouchSettings settings, Administration administration) {
    this(
        databases,
        settings,
        administration,
        new AccessControl(databases, administration.access()),
        new ActiveTasks(),
        new UuidSequence());
  }
}
