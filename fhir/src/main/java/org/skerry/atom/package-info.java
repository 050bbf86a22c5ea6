/**
 * Atom feeds of what changed, for those who read a server's changes page by page.
 *
 * <p>A published page never changes except by growing at its end.
 */
@NullMarked
package org.skerry.atom;

import org.jspecify.annotations.NullMarked;
