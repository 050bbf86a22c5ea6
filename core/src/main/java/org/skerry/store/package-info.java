/**
 * The store SPI: merge these revisions atomically per document, tell what changed, let a feed resume.
 * Every engine keeps that promise in its own way, and one contract suite checks all of them.
 */
@NullMarked
package org.skerry.store;

import org.jspecify.annotations.NullMarked;
