/**
 * A live database: its tables, keys and rules as the catalogue has them, a first mapping made of
 * them, and whether a mapping fits, with every problem explained.
 */
@NullMarked
package org.skerry.postgres.schema;

import org.jspecify.annotations.NullMarked;
