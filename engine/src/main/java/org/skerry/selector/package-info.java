/**
 * Mango selectors: declarative conditions on documents.
 */
@NullMarked
package org.skerry.selector;

import org.jspecify.annotations.NullMarked;
