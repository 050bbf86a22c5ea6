/**
 * Copies of a node's databases: {@link org.skerry.server.backup.Backup} writes one, {@link
 * org.skerry.server.backup.Restore} makes a data folder of one.
 *
 * <p>A backup is a folder: the store as of one moment, and a {@link
 * org.skerry.server.backup.Manifest} with the length and the SHA-256 of every file, written last.
 * What is derived from documents (indexes) is not in it and is made again; neither is the audit
 * log, which is a folder of plain files.
 *
 * <p>The databases of a restored store begin another life: they get other incarnations. So nobody
 * takes a position of the life that went on after the backup for one of this life, in which other
 * changes stand at that number: peers read from the start, and find that they have almost
 * everything.
 */
@NullMarked
package org.skerry.server.backup;

import org.jspecify.annotations.NullMarked;
