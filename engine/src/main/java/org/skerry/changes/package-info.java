/**
 * Feeds of changes: since, filters, waiting.
 */
@NullMarked
package org.skerry.changes;

import org.jspecify.annotations.NullMarked;
