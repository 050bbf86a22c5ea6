/**
 * JavaScript on Mozilla Rhino: the only user of it.
 *
 * <p>A {@code Realm} is one set of globals with the functions that were compiled into it, for one
 * thread at a time. {@code Sandbox} is what all realms have in common: language version, no Java,
 * no code from strings, and a {@code Budget} that ends a call which uses too much. Documents come
 * in as Rhino's own objects straight from the parser ({@code ValueReader}) and go out as trees
 * ({@code ValueWriter}). {@code Dialect} has sources brought into Rhino's words by {@code
 * org.skerry.script.dialect}, which {@code HelperScript} helps to run.
 *
 * <p>Rhino's loops ask a {@code Budget} as well ({@code org.skerry.script.guard}).
 *
 * <p>A realm in which a call was ended by force is thrown away: nobody knows what it left behind.
 */
@NullMarked
package org.skerry.script.rhino;

import org.jspecify.annotations.NullMarked;
