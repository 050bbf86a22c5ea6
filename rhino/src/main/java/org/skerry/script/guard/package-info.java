/**
 * Mozilla Rhino, in which every loop asks whether to go on, and whatever takes much memory at once.
 *
 * <p>{@link org.skerry.script.guard.LoopGuard} runs in the build and writes Rhino's classes, under
 * their own names, beside those of this package; {@link org.skerry.script.guard.ScriptThread} is
 * what their loops call. So whoever depends on this module uses Rhino as usual, and the Java
 * machine treats it as any other classes: it can keep them in its cache of rehearsed ones.
 */
@NullMarked
package org.skerry.script.guard;

import org.jspecify.annotations.NullMarked;
