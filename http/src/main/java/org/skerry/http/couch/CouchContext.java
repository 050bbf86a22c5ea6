package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.database.Databases;
import org.skerry.http.couch.admin.Administration;
import org.skerry.search.FullText;
import org.skerry.subset.Subsetting;

/**
 * What endpoints share, made once a node.
 *
 * @param administration the configuration, and where administrative actions are noted
 * @param access who may use what
 * @param tasks what works in the background
 * @param uuids names for documents that came without
 * @param largeReads whose turn it is to read much
 * @param fullText if this node has it
 */
record CouchContext(
    Databases databases,
    CouchSettings settings,
    Administration administration,
    AccessControl access,
    ActiveTasks tasks,
    UuidSequence uuids,
    LargeReads largeReads,
    Optional<FullText> fullText) {
  CouchContext(Databases databases, CouchSettings settings, Administration administration) {
    this(
        databases,
        settings,
        administration,
        new AccessControl(databases, administration.access()),
        new ActiveTasks(),
        new UuidSequence(),
        LargeReads.ofMachine(),
        Optional.empty());
  }

  CouchContext with(Subsetting subsets) {
    return new CouchContext(
        databases,
        settings,
        administration,
        new AccessControl(databases, administration.access(), Optional.of(subsets)),
        tasks,
        uuids,
        largeReads,
        fullText);
  }

  CouchContext with(FullText search) {
    return new CouchContext(
        databases, settings, administration, access, tasks, uuids, largeReads, Optional.of(search));
  }
}
