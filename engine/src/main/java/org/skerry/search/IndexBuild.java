package org.skerry.search;

import java.time.Instant;

/**
 * An index that is being brought up to date, at one moment.
 *
 * @param number no other build of this node's has it, until the node is started again
 * @param done how many changes were looked at
 * @param total how many there are to look at, as far as known
 */
public record IndexBuild(
    long number, String database, IndexPlace place, Instant started, long done, long total) {}
