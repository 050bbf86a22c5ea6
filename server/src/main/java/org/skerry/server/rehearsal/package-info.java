/**
 * What a node learns before its first start: {@code skerry rehearse} plays the work of a day on a
 * node in a folder of its own, and the launcher has the Java machine keep what it learnt of it (the
 * loaded classes, and how often which way was taken) beside the program. A node that starts with
 * that file compiles the right methods at once, instead of finding them out at its users' expense;
 * docs/decisions/012-rehearsed-start.md has the figures.
 *
 * <p>{@link org.skerry.server.rehearsal.Rehearsal} is the play. All goes through the HTTP API,
 * since that is what is to be learnt. An endpoint that users call often belongs into it.
 */
@NullMarked
package org.skerry.server.rehearsal;

import org.jspecify.annotations.NullMarked;
