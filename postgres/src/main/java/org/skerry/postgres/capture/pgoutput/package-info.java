/**
 * PostgreSQL's log as the plug-in {@code pgoutput} tells it, in version 1 of its protocol
 * (PostgreSQL's documentation, "Logical Replication Message Formats"): values without I/O. {@link
 * org.skerry.postgres.capture.pgoutput.LogReader} makes {@link
 * org.skerry.postgres.capture.pgoutput.LogMessage}s of bytes; values of columns stay the texts that
 * PostgreSQL wrote.
 */
@NullMarked
package org.skerry.postgres.capture.pgoutput;

import org.jspecify.annotations.NullMarked;
