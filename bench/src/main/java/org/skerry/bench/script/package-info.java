/** How fast functions of design documents run. */
@NullMarked
package org.skerry.bench.script;

import org.jspecify.annotations.NullMarked;
