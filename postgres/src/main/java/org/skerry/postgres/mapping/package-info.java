/**
 * Which table of an application is which kind of document, column by column: what is written in a
 * satellite's document, read with all of its problems at once. Values without I/O: nothing here
 * knows a live database.
 */
@NullMarked
package org.skerry.postgres.mapping;

import org.jspecify.annotations.NullMarked;
