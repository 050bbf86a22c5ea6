/**
 * JavaScript as people write it, brought into the words that the engine understands as they are
 * meant: text in, text out, line for line.
 *
 * <p>{@code Parser} (with {@code Lexer}, {@code Cursor}, {@code Literals}, {@code Expressions})
 * reads ECMAScript 2022 into a {@code Node}: a tree of pieces of source that says no more than is
 * needed. {@code Scopes} knows which names mean what. {@code Rewriter} copies the source, and hands
 * what the engine lacks, or does otherwise without a word, to {@code Patterns}, {@code Functions},
 * {@code Loops}, {@code Calls} and {@code Classes}. What they write calls functions of {@code
 * helpers.js}, which runs in the sandbox like everything else.
 *
 * <p>Reading and writing ask the budget of the call ({@link
 * org.skerry.script.guard.ScriptThread#turn}), as the engine's own loops do.
 */
@NullMarked
package org.skerry.script.dialect;

import org.jspecify.annotations.NullMarked;
