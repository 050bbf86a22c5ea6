package org.skerry.replication;

import org.skerry.replication.peer.Peer;

/**
 * What a replication gives each of its sessions. All of it outlives them, and all stages share it.
 *
 * @param id names the checkpoints
 * @param progress counts over all sessions
 * @param batchSize what all of them have learnt
 * @param keepRefusals keeps what is refused, and says it; the reading and the writing thread run it
 */
record Assignment(
    Peer source,
    Peer target,
    ReplicationSpec spec,
    ReplicationId id,
    Surroundings surroundings,
    Progress progress,
    BatchSize batchSize,
    Runnable keepRefusals) {}
