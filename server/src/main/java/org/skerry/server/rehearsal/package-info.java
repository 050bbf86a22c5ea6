/**
 * What a node learns before its first start: {@code skerry rehearse} plays the work of a day on a
 * node in a folder of its own, and the launcher has the Java machine keep the classes that it
 * loaded beside the program, so that a node starts and answers for the first time without looking
 * for them; docs/decisions/012-rehearsed-start.md has the figures.
 *
 * <p>{@link org.skerry.server.rehearsal.Rehearsal} is the play. All goes through the HTTP API,
 * since that is what is to be learnt. An endpoint that users call often belongs into it.
 */
@NullMarked
package org.skerry.server.rehearsal;

import org.jspecify.annotations.NullMarked;
