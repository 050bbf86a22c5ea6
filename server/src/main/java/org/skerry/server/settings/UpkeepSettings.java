package org.skerry.server.settings;

import java.time.Duration;

/**
 * How a node looks after itself.
 *
 * @param freeBytes with less room on the disk, documents and attachments are refused
 * @param drain how long {@code _up} says that the node ends before it does
 * @param compactionRatio superseded and live bodies together, by the live ones, from which a
 *     database is compacted by itself; 0 for never
 * @param compactionSlackBytes so much to come free is reason enough
 * @param compactionPause between two looks at the databases
 */
public record UpkeepSettings(
    long freeBytes,
    Duration drain,
    int compactionRatio,
    long compactionSlackBytes,
    Duration compactionPause) {}
