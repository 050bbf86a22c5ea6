/**
 * Databases: open, read, write, bulk, merge; sequences; conflicts.
 */
@NullMarked
package org.skerry.database;

import org.jspecify.annotations.NullMarked;
