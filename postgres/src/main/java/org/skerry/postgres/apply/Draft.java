package org.skerry.postgres.apply;

import org.skerry.postgres.row.Row;

/**
 * A row as it is to be.
 *
 * @param id its key
 * @param row columns that are not there stay as they are, or get their defaults
 */
record Draft(Showing showing, String id, Row row) {}
