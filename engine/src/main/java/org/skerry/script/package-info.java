/**
 * The JavaScript of design documents: compiled once, run often, and never able to do more than
 * compute.
 *
 * <p>{@link org.skerry.script.Scripts} (one a node) compiles the functions of a design document
 * into a {@link org.skerry.script.MapScript}, a {@link org.skerry.script.ReduceScript} or a {@link
 * org.skerry.script.DesignScript}. Whatever goes wrong in them is a {@link
 * org.skerry.script.ScriptException} with a kind and a text for people.
 *
 * <p>Functions see CouchDB's environment ({@code emit}, {@code sum}, {@code log}, {@code isArray},
 * {@code toJSON}, {@code JSON}, {@code require}) and nothing else: no Java, no files, no network,
 * no clock but {@code Date}, no code made from strings. {@link org.skerry.script.ScriptLimits}
 * bounds the time, memory, stack and output of each call.
 *
 * <p>Functions run on threads of their own ({@link org.skerry.script.ScriptThreads}), with a stack
 * of known size and an account of what they allocate; whoever calls from another thread waits
 * meanwhile. Programs that call often do so from such a thread: {@link
 * org.skerry.script.Scripts#threads}.
 *
 * <p>Numbers are JavaScript's: whole numbers up to 2^53 are exact, larger ones and decimals lose
 * what a double cannot hold. That concerns what functions compute and emit, never the document.
 */
@NullMarked
package org.skerry.script;

import org.jspecify.annotations.NullMarked;
