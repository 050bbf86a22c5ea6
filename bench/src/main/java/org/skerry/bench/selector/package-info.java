/** What a selector costs for each document of a filtered feed. */
@NullMarked
package org.skerry.bench.selector;

import org.jspecify.annotations.NullMarked;
