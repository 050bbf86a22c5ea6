/**
 * Documents as they travel: ids, tombstones, and JSON bodies kept as the UTF-8 bytes that came in.
 */
@NullMarked
package org.skerry.document;

import org.jspecify.annotations.NullMarked;
