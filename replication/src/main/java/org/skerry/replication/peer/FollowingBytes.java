package org.skerry.replication.peer;

import org.skerry.wire.FollowingParts;

/**
 * The bytes of those attachments that a document says to follow, one after another, in its order.
 */
@FunctionalInterface
public interface FollowingBytes extends FollowingParts {}
