package org.skerry.postgres.apply;

import org.skerry.document.Body;
import org.skerry.postgres.mapping.Table;
import org.skerry.revision.RevId;

/**
 * A document that is to be a row: its winner at the moment.
 *
 * @param name the document's id
 * @param deleted whether there is to be no row
 */
public record Showing(Table table, String name, RevId rev, boolean deleted, Body body) {}
