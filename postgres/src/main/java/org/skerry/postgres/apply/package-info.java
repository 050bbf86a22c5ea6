/**
 * What others did, as rows: follows the database's feed and shows each document's winner in its
 * table, many in one transaction, parents before children. What cannot be shown yet waits, and is
 * never dropped. Its transactions are marked, so that capture passes over them.
 */
@NullMarked
package org.skerry.postgres.apply;

import org.jspecify.annotations.NullMarked;
