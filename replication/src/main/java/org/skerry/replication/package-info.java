/**
 * The CouchDB replication protocol, both ends: a session as a state machine, its peers (local or HTTP),
 * its checkpoints, and the scheduler that keeps sessions running.
 */
@NullMarked
package org.skerry.replication;

import org.jspecify.annotations.NullMarked;
