package org.skerry.search;

import java.time.Instant;

/**
 * An index that is being brought up to date, at one moment.
 *
 * @param done how many changes were looked at
 * @param total how many there are to look at, as far as known
 */
public record IndexBuild(
    String database, IndexPlace place, Instant started, long done, long total) {}
