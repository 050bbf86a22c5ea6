package org.skerry.replication;

import java.util.List;
import org.skerry.replication.peer.MissingRevisions;

/**
 * What a page of changes leaves to do.
 *
 * @param missing what the target lacks
 * @param reached the source's position when that is done
 */
record Work(List<MissingRevisions> missing, String reached) {}
