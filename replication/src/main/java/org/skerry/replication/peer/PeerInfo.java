package org.skerry.replication.peer;

import java.util.Optional;

/**
 * A peer's state.
 *
 * @param updateSeq the position behind its last change, in its own words
 * @param instance what {@link Peer#ensureFullCommit} is compared with; empty when the peer does not
 *     say
 * @param site as which of its sites the peer knows us: then it shows that site's subset, and takes
 *     back what leaves it
 */
public record PeerInfo(String updateSeq, String instance, Optional<String> site) {}
