package org.skerry.replication.peer;

/**
 * A peer's state.
 *
 * @param updateSeq the position behind its last change, in its own words
 * @param instance what {@link Peer#ensureFullCommit} is compared with; empty when the peer does not
 *     say
 */
public record PeerInfo(String updateSeq, String instance) {}
