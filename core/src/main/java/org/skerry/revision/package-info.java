/**
 * Revision ids and revision trees: values, no I/O. A document is a tree of revisions that only grows;
 * its winner depends on the leaves alone, so that replicas that hold the same revisions answer alike.
 */
@NullMarked
package org.skerry.revision;

import org.jspecify.annotations.NullMarked;
